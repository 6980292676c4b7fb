import { topicOfPath } from '#contract/topic.ts';
import type { PlantWindow } from '#contract/facts.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Attempts } from '../attempts.ts';
import type { MemoryLine } from './memory-line.ts';
import { type AtOnce, namedRows, type Player } from './player.ts';

const SESSION = 's-1';

/** Where a player is: nowhere, before the lab is started. */
export interface Where {
  attempt: string;
  cell: string;
}

/** A player without sockets: what its clients would have left behind is written as evidence, and the line is real. */
export function shortCut(attempts: Attempts, line: MemoryLine, participant: string, where: Where): Player {
  const who = { participant, client: 'own', session: SESSION } as const;
  const model = () => line.cell(where.cell).model;
  const atOnce: AtOnce = {
    history: (signals, window) => history(signals, window),
    expect: (signals, window) => void line.columns(where.cell, signals, window),
    edges(signal, window) {
      tell([signal], window, 'http');
      return line.edges(where.cell, signal, window);
    },
    capture: (path, tUs) => line.capture(where.cell, path, tUs),
    events: (glob, window) => line.events(where.cell, glob, window),
  };
  function tell(signals: readonly string[], window: PlantWindow, via: 'http' | 'opcua'): void {
    const what = { kind: 'history.read', participant, client: 'own', via } as const;
    line.record(where.cell, { ...what, signals: [...signals], ...window });
  }
  function history(signals: readonly string[], window: PlantWindow, via: 'http' | 'opcua' = 'http') {
    tell(signals, window, via);
    return line.columns(where.cell, signals, window);
  }
  const view = () => attempts.view(participant, where.attempt, 'en');

  return {
    async start(lab) {
      const started = await attempts.start(participant, lab, 'en');
      ({ id: where.attempt, cell: where.cell } = started);
      return started;
    },
    view,
    answer: (step, answers) => attempts.saveAnswers(participant, where.attempt, step, answers, 'en'),
    async check(step) {
      const result = await attempts.check(participant, where.attempt, step, 'en');
      where.cell = (await view()).cell;
      return result;
    },
    signals: async () =>
      model().signals.map(({ path, station, words }) => ({ path, station, ...(words && { words: { ...words } }) })),
    history: async (signals, window = { fromUs: 0, toUs: line.cell(where.cell).now }, via = 'http') =>
      history(signals, window, via === 'opcua' ? 'opcua' : 'http'),
    async sql(query, window) {
      const result = line.sql(where.cell, { sql: query, ...window });
      const { tables, signals, fromUs, toUs } = result.read;
      const own = { participant, client: 'own', signals, fromUs, toUs } as const;
      line.record(where.cell, { kind: 'sql', ...own, query, tables, rows: result.rows.length });
      if (signals.length > 0) line.record(where.cell, { kind: 'history.read', ...own, via: 'sql' });
      return namedRows(result);
    },
    capture: async (path, tUs) => atOnce.capture(path, tUs),
    events: async (glob, window) => atOnce.events(glob, window),
    atOnce,
    findings: () => line.findingsOf(where.cell),
    async clock() {
      const { simUs, anchorMs } = await line.clock(where.cell);
      return { simUs, anchorMs };
    },
    async subscribe({ signals, samplingMs, mode, forMs }) {
      const policy = mode === 'None' ? 'None' : 'Basic256Sha256';
      line.record(where.cell, { kind: 'opcua.session', ...who, policy, mode });
      const more = { samplingMs, publishingMs: samplingMs, queueSize: 10, policy, mode };
      for (const [k, signal] of signals.entries())
        line.record(where.cell, { kind: 'opcua.subscribe', ...who, item: String(k), signal, ...more });
      line.pass(where.cell, forMs);
      line.record(where.cell, { kind: 'opcua.closed', ...who });
    },
    async message(signal, everything) {
      const { topicPrefix } = model().definition;
      const topic = everything ? `${topicPrefix}/#` : `${topicPrefix}/${topicOfPath(signal)}`;
      line.record(where.cell, { kind: 'mqtt.session', ...who, clientId: 'proof' });
      line.record(where.cell, { kind: 'mqtt.subscribe', ...who, topic, qos: 0 });
      const index = model().indexOf(signal);
      const { tUs, value } = line.cell(where.cell).sample(index);
      const { anchorMs } = await line.clock(where.cell);
      return JSON.stringify({ v: value, u: model().signals[index].unit, t: isoOf(anchorMs, tUs), q: 'Good' });
    },
    async command(target, value, via) {
      const order = { target, actor: participant, via, id: `k-${line.cell(where.cell).log.length}` };
      let status = 'done';
      try {
        line.cell(where.cell).command({ ...order, ...(value !== undefined && { value }) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        status = error.code;
      }
      line.record(where.cell, { kind: 'command', participant, via, target, status });
    },
    async runUntilEvent(event, withinUs) {
      line.record(where.cell, { kind: 'command', participant, via: 'http', target: 'Clock.RunUntil', status: 'done' });
      line.passUntil(where.cell, event, withinUs);
    },
    async runFor(us) {
      line.record(where.cell, { kind: 'command', participant, via: 'http', target: 'Clock.RunUntil', status: 'done' });
      line.pass(where.cell, us / 1000);
    },
  };
}

/** ISO 8601 in UTC, to the microsecond, as the line's messages carry it. */
function isoOf(anchorMs: number, tUs: number): string {
  const whole = new Date(anchorMs + Math.floor(tUs / 1000)).toISOString();
  return whole.replace('Z', `${String(tUs % 1000).padStart(3, '0')}Z`);
}
