import { z } from 'zod';
import { Duration, Expression, Id, Instant, Name } from './words.ts';

const via = z.enum(['http', 'opcua', 'mqtt']).default('http');
const Given = z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())]);

const RunUntil = z.strictObject({
  runUntil: z.union([
    Instant,
    z.strictObject({ event: z.string(), within: Duration.optional() }),
    z.strictObject({ rule: Id, within: Duration.optional() }),
  ]),
});
/** History of signals over a window, or at instants; one signal, or a glob whose values come by station. */
const Read = z.strictObject({
  read: z.strictObject({ as: Name, signal: z.string(), over: Name.optional(), at: z.array(Instant).optional(), via }),
});
/**
 * One SELECT over the history of a window, or of the last eight hours: a list of rows with the names of the columns. What
 * it reads is a reading of history like any other.
 */
const Sql = z.strictObject({ sql: z.strictObject({ as: Name, query: z.string(), over: Name.optional() }) });
const Let = z.strictObject({ let: z.record(Name, z.union([Expression, z.number()])) });
const Write = z.strictObject({ write: z.strictObject({ to: z.string(), value: Given, via }) });
const Call = z.strictObject({ call: z.strictObject({ method: z.string(), value: Given.optional(), via }) });
const RuleAction = z.strictObject({ rule: z.looseObject({ id: Id, when: z.string(), do: z.string() }) });
const Answer = z.strictObject({ answer: z.record(Name, z.union([z.string(), z.number()])) });
/** Knows from the sentences on the screen which values of a `words` variable are meant. */
const Recognise = z.strictObject({ recognise: z.strictObject({ words: Name, as: Name }) });
const Subscribe = z.strictObject({
  subscribe: z.strictObject({
    signals: z.union([z.string(), z.array(z.string())]),
    sampling: z.union([z.string(), z.number()]),
    mode: z.enum(['None', 'Sign', 'SignAndEncrypt']).default('SignAndEncrypt'),
    for: Duration,
  }),
});
/** The first message of a signal, from its own topic or from a subscription to everything. */
const Message = z.strictObject({
  message: z.strictObject({ signal: z.string(), as: Name, everything: z.boolean().default(false) }),
});
/** The longest time that a station stood for a reason which the field `ask` offers: station, reason, began, seconds. */
const LongestStop = z.strictObject({ longestStop: z.strictObject({ ask: Name, as: Name }) });
/** A choice of a field other than this one. */
const Another = z.strictObject({ another: z.strictObject({ ask: Name, than: z.string(), as: Name }) });
/** Plant time. */
const RunFor = z.strictObject({ runFor: Duration });
/** The same actions for each element of a list, under a name. */
const For = z.strictObject({
  for: z.strictObject({
    each: Name,
    in: z.union([Expression, z.array(z.union([z.string(), z.number()]))]),
    get do() {
      return z.array(z.lazy(() => Action));
    },
  }),
});

const KINDS = [
  RunUntil,
  Read,
  Sql,
  Let,
  Write,
  Call,
  RuleAction,
  Answer,
  Recognise,
  Subscribe,
  Message,
  LongestStop,
  Another,
  RunFor,
  For,
] as const;
/** The word by which each action is told. */
export const ACTIONS: readonly string[] = KINDS.flatMap(({ shape }) => Object.keys(shape));

/** What the reference solution does, with what a participant can see. */
export const Action: z.ZodType<Action> = z.union(KINDS);
export type Action =
  | z.output<typeof RunUntil>
  | z.output<typeof Read>
  | z.output<typeof Sql>
  | z.output<typeof Let>
  | z.output<typeof Write>
  | z.output<typeof Call>
  | z.output<typeof RuleAction>
  | z.output<typeof Answer>
  | z.output<typeof Recognise>
  | z.output<typeof Subscribe>
  | z.output<typeof Message>
  | z.output<typeof LongestStop>
  | z.output<typeof Another>
  | z.output<typeof RunFor>
  | { for: { each: string; in: string | readonly (string | number)[]; do: Action[] } };

export const Actions = z.record(Id, z.array(Action));
export type Actions = Readonly<Record<string, readonly Action[]>>;

/** The solution with some steps replaced (`instead`) or gone on with (`after`). */
export const WrongAttempt = z.strictObject({
  id: Id,
  instead: Actions.default({}),
  after: Actions.default({}),
  /** Exactly these checks are lost: `watch.exact`. */
  loses: z.array(z.string()).min(1),
  /** What the explanation of the first lost check must be: a cause or a tell. */
  tells: z.string().optional(),
});
