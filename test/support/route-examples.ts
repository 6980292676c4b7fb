import { z } from 'zod';
import type { Route } from '#contract/route.ts';
import type { RouteName } from '#contract/routes.ts';
import { plantedPicture } from './planted-server.ts';

/** What the paths of a participant's requests name. */
export interface Places {
  readonly cell: string;
  readonly attempt: string;
  /** Who signs in. */
  readonly me?: { readonly id: string; readonly key: string };
}

/** A request that a route answers with 200. */
export interface RouteExample {
  /** Below /api, with its query. */
  readonly path: string;
  readonly body?: unknown;
}
interface Wish {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

const HOUR_US = 3_600_000_000;

/**
 * Where a made-up request would not do. A route without an entry is asked with what its schemas allow; one that cannot be
 * asked that way wants an entry here, and the tests that crawl all routes say so.
 */
const wishes: Partial<Record<RouteName, readonly Wish[]>> = {
  labs: [{ query: { language: 'en' } }, { query: { language: 'sv' } }],
  lab: [{ query: { language: 'en' } }, { query: { language: 'sv' } }],
  curriculum: [{ query: { language: 'en' } }, { query: { language: 'sv' } }],
  record: [{ query: { language: 'en' } }, { query: { language: 'sv' } }],
  report: [{ body: { text: 'The trend cannot be read aloud.', page: '/workspace', contact: 'somebody@example.org' } }],
  attempt: [{ query: { language: 'en' } }, { query: { language: 'sv' } }],
  startAttempt: [{ body: { lab: 'iiot/meet-the-machine' } }],
  saveAnswers: [{ params: { step: 'find' }, body: { answers: { first: 'ST12.Air.Flow' } } }],
  putWhereabouts: [{ body: { step: 'find', view: 'trends' } }],
  askTicket: [{ body: { kind: 'help', step: 'find', text: 'Which of them is it?' } }],
  withdrawTicket: [{ body: { kind: 'help', step: 'find' } }],
  answerTicket: [{ body: { state: 'answered', answer: 'Look at its unit.' } }],
  checkStep: [{ params: { step: 'find' } }, { params: { step: 'turn' } }],
  picture: [{ params: { picture: plantedPicture } }],
  showHint: [{ params: { step: 'find' } }],
  history: [{ body: { signals: ['ST03.Spindle.Load', 'ST07.Oil.Temperature'], fromUs: 0, toUs: HOUR_US, everyS: 60 } }],
  historyTable: [{ query: { signals: 'ST03.Spindle.Load,ST03.Tool.Wear', from: '0', to: '1200' } }],
  happenings: [{ query: { fromUs: 0, toUs: HOUR_US } }],
  capture: ['ST03.Spindle.VibrationWaveform', 'Network.Flows', 'Security.Access', 'Alarms.All', 'Rules.All'].map(
    (capture) => ({ params: { capture } }),
  ),
  tryRule: [
    { body: { rule: { id: 'hot', when: 'ST03.Spindle.Temperature > 30', do: 'alarm' }, fromUs: 0, toUs: HOUR_US } },
  ],
  whatIf: [{ body: { variants: [{ name: 'as it is', changes: [] }], hours: 0.2, forks: 2 } }],
  sql: [
    { body: { sql: "SELECT time, value FROM signals WHERE path = 'ST03.Spindle.Load'", toUs: HOUR_US } },
    { body: { sql: 'SELECT serial, station, facts FROM visits JOIN parts USING (serial)', toUs: HOUR_US } },
    { body: { sql: 'SELECT * FROM events, states, orders, alarms, signal_list LIMIT 100', toUs: HOUR_US } },
  ],
  command: [
    { body: { id: 'x1', target: 'ST03.Program.Feed', value: 90 } },
    { body: { id: 'x2', target: 'ST03.Nothing' } },
  ],
  // A line goes step by step while it is paused.
  speed: [{ body: { speed: 1 } }, { body: { paused: true } }],
  runUntil: [{ body: { event: 'ST03.PartDone', withinS: 600 } }],
  paneConnect: [{ body: { policy: 'None', mode: 'None' } }],
  paneSpeak: [{ body: { language: 'sv' } }],
  paneBrowse: [{ query: { nodeId: 'i=85' } }, { query: { nodeId: 'ns=2;s=ST03' } }],
  paneRead: [{ query: { nodeId: 'ns=2;s=ST03.Spindle.Load' } }],
  paneSubscribe: [
    { body: { nodeIds: ['ns=2;s=ST03.Spindle.Load'], publishingMs: 500, samplingMs: 500, queueSize: 1 } },
  ],
  paneAbilities: [{ query: { nodeId: 'ns=2;s=ST03.Program.Feed' } }, { query: { nodeId: 'ns=2;s=ST03.Hold' } }],
  paneWrite: [{ body: { nodeId: 'ns=2;s=ST03.Program.Feed', value: '95' } }],
  paneCall: [{ body: { objectId: 'ns=2;s=ST03', nodeId: 'ns=2;s=ST03.Hold', inputs: [] } }],
  paneHistory: [
    { body: { nodeId: 'ns=2;s=ST03.Spindle.Load', kind: 'Raw', fromMs: 0, toMs: 4e12 } },
    { body: { nodeId: 'ns=2;s=ST03.Spindle.Load', kind: 'Average', fromMs: 0, toMs: 4e12, intervalMs: 86_400_000 } },
  ],
  paneWatch: [{ body: { types: ['BaseEventType'] } }],
  paneCondition: [{ body: { deed: 'ConditionRefresh' } }],
};

export function examplesOf(name: string, route: Route, places: Places): RouteExample[] {
  const { me, ...ids } = places;
  const known = { area: 'iiot', lab: 'meet-the-machine', step: 'find', capture: 'Network.Flows', ...ids };
  return (wishes[name as RouteName] ?? [{}]).map(({ params, query, body }) => {
    const all: Record<string, string> = { ...known, ...params };
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(all[key] ?? 'unknown'));
    const asked = query ?? (route.query && (sampleOf(route.query) as Record<string, string>));
    const search = new URLSearchParams(Object.entries(asked ?? {}).map(([key, value]) => [key, String(value)]));
    const sent = name === 'signIn' && me ? { id: me.id, key: me.key } : (body ?? (route.body && sampleOf(route.body)));
    return { path: `${path}${search.size > 0 ? `?${search}` : ''}`, ...(sent !== undefined && { body: sent }) };
  });
}

/** The least that a schema takes. */
export const sampleOf = (schema: z.ZodType): unknown =>
  leastOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape);

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
}

function leastOf(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return leastOf(shape.anyOf[0]);
  switch (shape.type) {
    case 'object': {
      const { properties = {}, required = [] } = shape;
      return Object.fromEntries(required.map((key) => [key, leastOf(properties[key] ?? {})]));
    }
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => leastOf(shape.items ?? {}));
    case 'string':
      return 'x'.repeat(Math.max(1, shape.minLength ?? 1));
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return {};
  }
}
