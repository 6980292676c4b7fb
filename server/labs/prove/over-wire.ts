import { CellView } from '#contract/cell-view.ts';
import { ClockState } from '#contract/clock.ts';
import { HistoryResult } from '#contract/history.ts';
import { AttemptView, StepResult } from '#contract/lab-view.ts';
import { Me } from '#contract/participant.ts';
import type { NewPlayer } from './prove-lab.ts';
import type { ProofServer } from './proof-server.ts';
import { mqttTool } from './wire-mqtt.ts';
import { opcUaTool } from './wire-opcua.ts';

/** Players who use nothing but HTTP, an OPC UA client and an MQTT client, each as a newcomer who has pressed *Try it*. */
export const overWire =
  (server: ProofServer): NewPlayer =>
  async () => {
    const me = Me.parse(await call(server, undefined, 'POST', '/try'));
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
        async history(signals) {
          const { simUs } = await clock();
          const request = { signals, fromUs: 0, toUs: simUs };
          return HistoryResult.parse(await api('POST', `/cells/${cell}/history`, request)).columns;
        },
        async timeOfDay(tUs) {
          return new Date((await clock()).anchorMs + tUs / 1000).toISOString().slice(11, 19);
        },
        subscribe: (watch) => opcua.watch(watch, async () => server.forward(watch.forMs)),
        message: async (signal, everything) => mqtt.message((await cellView()).topicPrefix, signal, everything),
        async command(target, value, via) {
          if (via === 'opcua') await opcua.write(target, value ?? 0);
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
      },
      close: () => opcua.close(),
    };
  };

async function call(
  { pageUrl }: ProofServer,
  me: Me | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${pageUrl}/api${path}`, {
    method,
    headers: {
      ...(me && { authorization: `Basic ${Buffer.from(`${me.id}:${me.key}`).toString('base64')}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
