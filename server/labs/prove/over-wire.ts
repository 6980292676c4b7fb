import { CaptureResult } from '#contract/capture.ts';
import { CellView } from '#contract/cell-view.ts';
import { ClockState } from '#contract/clock.ts';
import { type HistoryColumn, type HistoryRequest, HistoryResult } from '#contract/history.ts';
import { AttemptView, StepResult } from '#contract/lab-view.ts';
import { Me } from '#contract/participant.ts';
import { Problem } from '#contract/problem.ts';
import { routes } from '#contract/routes.ts';
import { SqlResult } from '#contract/sql.ts';
import { AppError } from '#server/errors.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { namedRows, type NewSeat } from './player.ts';
import type { ProofServer } from './proof-server.ts';
import { mqttTool } from './wire-mqtt.ts';
import { opcUaTool } from './wire-opcua.ts';

/**
 * Players who use nothing but HTTP, an OPC UA client and an MQTT client, each as a newcomer with a name and a key. What they
 * meet follows from the lab, the seed and how many came before them, so that a proof can be repeated.
 */
export const overWire = (server: ProofServer, lab: string): NewSeat => {
  let seats = 0;
  return async (seed) => {
    const known = await server.newcomer(`${lab} ${seed} ${seats++}`);
    const me = Me.parse(await call(server, known, 'GET', '/me'));
    const api = (method: string, path: string, body?: unknown) => call(server, me, method, path, body);
    const opcua = await opcUaTool(server.opcuaUrl, me, server.folder);
    const mqtt = mqttTool(server.mqttUrl, me);
    let attempt = '';
    let cell = '';
    const view = async () => AttemptView.parse(await api('GET', `/attempts/${attempt}`));
    const cellView = async () => CellView.parse(await api('GET', `/cells/${cell}`));
    const clock = async () => ClockState.parse(await api('GET', `/cells/${cell}/clock`));

    return {
      player: {
        async start(lab) {
          const started = AttemptView.parse(await api('POST', '/attempts', { lab }));
          ({ id: attempt, cell } = started);
          return started;
        },
        view,
        answer: (step, answers) => api('PUT', `/attempts/${attempt}/answers/${step}`, { answers }),
        async check(step) {
          const result = StepResult.parse(await api('POST', `/attempts/${attempt}/steps/${step}/check`));
          ({ cell } = await view());
          return result;
        },
        signals: async () =>
          (await cellView()).signals.map(({ path, station, words }) => ({ path, station, ...(words && { words }) })),
        async history(signals, window, via = 'http') {
          const { simUs, anchorMs } = await clock();
          const span = window ?? { fromUs: 0, toUs: simUs };
          if (via === 'opcua') return opcua.history(signals, span, anchorMs);
          return longHistory((request) => api('POST', `/cells/${cell}/history`, request), {
            signals: [...signals],
            ...span,
          });
        },
        sql: async (query, window) =>
          namedRows(SqlResult.parse(await api('POST', `/cells/${cell}/sql`, { sql: query, ...window }))),
        async capture(path, tUs) {
          const { capture } = CaptureResult.parse(await api('GET', `/cells/${cell}/captures/${path}?atUs=${tUs}`));
          if (capture.kind !== 'waveform') throw new Error(`${path} is no waveform.`);
          return { ...capture, samples: Float64Array.from(capture.samples) };
        },
        async events(glob, { fromUs, toUs }) {
          const query = new URLSearchParams({ event: glob, fromUs: String(fromUs), toUs: String(toUs) });
          const { events } = Happenings.parse(await api('GET', `/cells/${cell}/events?${query.toString()}`));
          return events.map(({ tUs, event, value }) => ({ t: tUs, event, value }));
        },
        clock,
        subscribe: (watch) => opcua.watch(watch, async () => server.forward(watch.forMs)),
        message: async (signal, everything) => mqtt.message((await cellView()).topicPrefix, signal, everything),
        async command(target, value, via, how = 'write') {
          if (via === 'opcua' && how === 'call') await opcua.call(target, value);
          else if (via === 'opcua') await opcua.write(target, value ?? 0);
          else if (via === 'mqtt') await mqtt.command((await cellView()).topicPrefix, target, value);
          else
            await api('POST', `/cells/${cell}/commands`, {
              id: `proof-${Date.now()}`,
              target,
              ...(value !== undefined && { value }),
            });
        },
        async runFor(us) {
          await api('POST', `/cells/${cell}/run-until`, { simUs: (await clock()).simUs + us });
        },
        async runUntilEvent(event, withinUs) {
          const { simUs } = await clock();
          const withinS = Math.min(8 * 3600, withinUs / SECOND);
          for (const endUs = simUs + withinUs; (await clock()).simUs < endUs;) {
            const before = (await clock()).simUs;
            // That it did not come is an answer too; then it is waited for again.
            const came = await api('POST', `/cells/${cell}/run-until`, { event, withinS }).then(
              () => true,
              () => false,
            );
            if (came || (await clock()).simUs === before) return;
          }
        },
      },
      close: () => opcua.close(),
    };
  };
};

const Happenings = routes.happenings.answer;

/** All of it: an answer that was cut short is gone on with, signal by signal. */
async function longHistory(
  ask: (request: HistoryRequest) => Promise<unknown>,
  request: HistoryRequest,
): Promise<HistoryColumn[]> {
  const { columns } = HistoryResult.parse(await ask(request));
  for (const column of columns) {
    for (let isCut = column.truncated; isCut;) {
      const fromUs = (column.tUs.at(-1) ?? request.toUs) + 1;
      const [more] = HistoryResult.parse(await ask({ ...request, signals: [column.signal], fromUs })).columns;
      const fresh = more.tUs.map((t, k) => [t, more.values[k]] as const).filter(([t]) => t >= fromUs);
      for (const [t, value] of fresh) {
        column.tUs.push(t);
        column.values.push(value);
      }
      isCut = more.truncated && fresh.length > 0;
    }
  }
  return columns;
}

async function call(
  { pageUrl }: ProofServer,
  { id, key }: Pick<Me, 'id' | 'key'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${pageUrl}/api${path}`, {
    method,
    headers: {
      // Both ends are here: to pack and unpack every answer would take longer than to copy it.
      'accept-encoding': 'identity',
      authorization: `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const { code, detail, hint } = Problem.parse(JSON.parse(text));
  throw new AppError(code, `${method} ${path}: ${detail}`, hint, response.status);
}
