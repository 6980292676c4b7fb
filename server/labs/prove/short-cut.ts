import { topicOfPath } from '#contract/mqtt-messages.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Attempts } from '../attempts.ts';
import type { MemoryLine } from './memory-line.ts';
import type { Player } from './player.ts';

const SESSION = 's-1';

/** A player without sockets: what its clients would have left behind is written as evidence, and the line is real. */
export function shortCut(attempts: Attempts, line: MemoryLine, participant: string): Player {
  const who = { participant, client: 'own', session: SESSION } as const;
  let attempt = '';
  let cell = '';
  const model = () => line.cell(cell).model;
  const view = () => attempts.view(participant, attempt, 'en');

  return {
    async start(lab) {
      const started = await attempts.start(participant, lab, 'en');
      ({ id: attempt, cell } = started);
      return started;
    },
    view,
    answer: (step, answers) => attempts.saveAnswers(participant, attempt, step, answers, 'en'),
    async check(step) {
      const result = await attempts.check(participant, attempt, step, 'en');
      ({ cell } = await view());
      return result;
    },
    signals: async () =>
      model().signals.map(({ path, station, words }) => ({ path, station, ...(words && { words: { ...words } }) })),
    async history(signals, window = { fromUs: 0, toUs: line.cell(cell).now }, via = 'http') {
      const door = via === 'opcua' ? 'opcua' : 'http';
      line.record(cell, {
        kind: 'history.read',
        participant,
        client: 'own',
        via: door,
        signals: [...signals],
        ...window,
      });
      return (await line.history(cell, { signals, ...window })).columns;
    },
    capture: async (path, tUs) => line.cell(cell).past(tUs).capture(path),
    events: async (glob, window) => line.events(cell, glob, window),
    async clock() {
      const { simUs, anchorMs } = await line.clock(cell);
      return { simUs, anchorMs };
    },
    async subscribe({ signals, samplingMs, mode, forMs }) {
      const policy = mode === 'None' ? 'None' : 'Basic256Sha256';
      line.record(cell, { kind: 'opcua.session', ...who, policy, mode });
      const more = { samplingMs, publishingMs: samplingMs, queueSize: 10, policy, mode };
      for (const [k, signal] of signals.entries())
        line.record(cell, { kind: 'opcua.subscribe', ...who, item: String(k), signal, ...more });
      line.pass(cell, forMs);
      line.record(cell, { kind: 'opcua.closed', ...who });
    },
    async message(signal, everything) {
      const { topicPrefix } = model().definition;
      const topic = everything ? `${topicPrefix}/#` : `${topicPrefix}/${topicOfPath(signal)}`;
      line.record(cell, { kind: 'mqtt.session', ...who, clientId: 'proof' });
      line.record(cell, { kind: 'mqtt.subscribe', ...who, topic, qos: 0 });
      const index = model().indexOf(signal);
      const { tUs, value } = line.cell(cell).sample(index);
      const { anchorMs } = await line.clock(cell);
      return JSON.stringify({ v: value, u: model().signals[index].unit, t: isoOf(anchorMs, tUs), q: 'Good' });
    },
    async command(target, value, via) {
      const order = { target, actor: participant, via, id: `k-${line.cell(cell).log.length}` };
      let status = 'done';
      try {
        line.cell(cell).command({ ...order, ...(value !== undefined && { value }) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        status = error.code;
      }
      line.record(cell, { kind: 'command', participant, via, target, status });
    },
    async runUntilEvent(event, withinUs) {
      line.record(cell, { kind: 'command', participant, via: 'http', target: 'Clock.RunUntil', status: 'done' });
      line.passUntil(cell, event, withinUs);
    },
    async runFor(us) {
      line.record(cell, { kind: 'command', participant, via: 'http', target: 'Clock.RunUntil', status: 'done' });
      line.pass(cell, us / 1000);
    },
  };
}

/** ISO 8601 in UTC, to the microsecond, as the line's messages carry it. */
function isoOf(anchorMs: number, tUs: number): string {
  const whole = new Date(anchorMs + Math.floor(tUs / 1000)).toISOString();
  return whole.replace('Z', `${String(tUs % 1000).padStart(3, '0')}Z`);
}
