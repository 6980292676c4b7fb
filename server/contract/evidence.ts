import { z } from 'zod';

const both = { wallMs: z.number(), plantUs: z.number() };
/** `pane` is the workspace in the browser, `own` any other client. */
const who = { participant: z.string(), client: z.enum(['own', 'pane']) };
const session = { session: z.string() };
/** How often, if more than once. */
const repeats = { count: z.number().optional() };

/**
 * What a participant did, as the servers saw it. The log of a cell is append-only: a monitored item begins with
 * `opcua.subscribe` and ends with `opcua.unsubscribe` of the same `item`, with `opcua.closed` of its session or with
 * `server.started`. A modified item ends and begins anew. What is repeated is counted: `count` is how often since the entry
 * before, and the times are those of the last.
 */
export const EvidenceEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server.started'), ...both }),
  z.object({ kind: z.literal('opcua.session'), ...both, ...who, ...session, policy: z.string(), mode: z.string() }),
  z.object({ kind: z.literal('opcua.closed'), ...both, ...who, ...session }),
  z.object({
    kind: z.literal('opcua.subscribe'),
    ...both,
    ...who,
    ...session,
    item: z.string(),
    /** Signal path; the node id where the node is no signal. */
    signal: z.string(),
    samplingMs: z.number(),
    publishingMs: z.number(),
    queueSize: z.number(),
    /** Security policy (`Basic256Sha256`) and mode (`SignAndEncrypt`) of the session. */
    policy: z.string(),
    mode: z.string(),
  }),
  z.object({ kind: z.literal('opcua.unsubscribe'), ...both, ...who, ...session, item: z.string() }),
  z.object({ kind: z.literal('opcua.read'), ...both, ...who, ...session, signal: z.string(), count: z.number() }),
  z.object({ kind: z.literal('opcua.browse'), ...both, ...who, ...session, node: z.string(), count: z.number() }),
  z.object({
    kind: z.literal('opcua.condition'),
    ...both,
    ...who,
    ...session,
    /** `Acknowledge`, `Confirm`, `AddComment`, `TimedShelve` ... */
    method: z.string(),
    /** `Alarms.SpindleHot` */
    alarm: z.string(),
    /** That the client gave, in hexadecimal digits. */
    eventId: z.string().optional(),
    status: z.string(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('opcua.refresh'),
    ...both,
    ...who,
    ...session,
    method: z.enum(['ConditionRefresh', 'ConditionRefresh2']),
    subscription: z.string(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('opcua.events.read'),
    ...both,
    ...who,
    ...session,
    /** Node id of the notifier. */
    notifier: z.string(),
    fromUs: z.number(),
    toUs: z.number(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('history.read'),
    ...both,
    ...who,
    via: z.enum(['http', 'opcua', 'sql']),
    signals: z.array(z.string()),
    fromUs: z.number(),
    toUs: z.number(),
    ...repeats,
  }),
  /** A query. What it read of the history of signals is a `history.read` beside it. */
  z.object({
    kind: z.literal('sql'),
    ...both,
    ...who,
    query: z.string(),
    tables: z.array(z.string()),
    signals: z.array(z.string()),
    fromUs: z.number(),
    toUs: z.number(),
    rows: z.number(),
  }),
  /** What was asked of forks of the line: how many, how long, and what was changed in any of them. */
  z.object({
    kind: z.literal('what-if'),
    ...both,
    ...who,
    forks: z.number(),
    hours: z.number(),
    variants: z.number(),
    targets: z.array(z.string()),
  }),
  z.object({ kind: z.literal('mqtt.session'), ...both, ...who, ...session, clientId: z.string() }),
  z.object({ kind: z.literal('mqtt.closed'), ...both, ...who, ...session }),
  z.object({ kind: z.literal('mqtt.subscribe'), ...both, ...who, ...session, topic: z.string(), qos: z.number() }),
  z.object({ kind: z.literal('mqtt.unsubscribe'), ...both, ...who, ...session, topic: z.string() }),
  /** A last will that a CONNECT left behind. */
  z.object({ kind: z.literal('mqtt.will'), ...both, ...who, ...session, topic: z.string(), ...repeats }),
  z.object({
    kind: z.literal('sparkplug.rebirth'),
    ...both,
    ...who,
    ...session,
    group: z.string(),
    node: z.string(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('sparkplug.state'),
    ...both,
    ...who,
    ...session,
    host: z.string(),
    online: z.boolean(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('mqtt.publish'),
    ...both,
    ...who,
    ...session,
    topic: z.string(),
    bytes: z.number(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('command'),
    ...both,
    participant: z.string(),
    via: z.enum(['http', 'opcua', 'mqtt', 'scenario', 'system']),
    target: z.string(),
    /** What was refused over and over is counted; each that is `done` stands by itself. */
    status: z.string(),
    ...repeats,
  }),
  z.object({
    kind: z.literal('refusal'),
    ...both,
    participant: z.string(),
    via: z.enum(['http', 'opcua', 'mqtt']),
    what: z.string(),
    reason: z.string(),
    ...repeats,
  }),
]);
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;
/** An entry before the host stamps both clocks. */
export type NewEvidence = EvidenceEntry extends infer E
  ? E extends EvidenceEntry
    ? Omit<E, 'wallMs' | 'plantUs'>
    : never
  : never;
