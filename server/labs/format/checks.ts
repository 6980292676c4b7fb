import { z } from 'zod';
import { Count, Duration, Expression, Extent, Id, Instant, Name, Points, Reference, Wanted, Within } from './words.ts';

const common = { id: Id, points: Points, needs: z.union([z.string(), z.array(z.string())]).optional() };
/** For lists: so many of the wanted may be missing, so many others may be there. */
const list = { missing: Wanted.optional(), extra: Wanted.optional() };
const One = z.union([
  z.strictObject({ is: Wanted, within: Within.optional(), ...list }),
  z.union([z.string(), z.number()]).transform((raw) => ({ is: Wanted.parse(raw) })),
]);
const SignalList = z.union([z.array(Reference), Reference.transform((one) => [one])]);
const Globs = z.union([z.array(z.string()), z.string().transform((one) => [one])]);
const client = z.enum(['any', 'own']).default('any');
/** `anyone` of a team, `each` of them, or those who have one of the lab's roles. */
const by = Id.default('anyone');

const Answer = z.strictObject({
  ...{ ...common, answer: Name, is: Wanted, within: Within.optional(), ...list },
  tells: z.record(Id, Wanted).optional(),
});
/** A pasted message of this signal. */
const Sample = z.strictObject({ ...common, answer: Name, sample: Reference });
const Answers = z.strictObject({
  ...{ ...common, answers: z.record(Name, One), within: Within.optional() },
  tells: z.record(Id, z.record(Name, Wanted)).optional(),
});
/** Exactly these, in one session. Intervals in milliseconds, `for` in wall time. */
const Subscribe = z.strictObject({
  ...{ ...common, evidence: z.literal('opcua.subscribe'), signals: SignalList },
  ...{ mode: z.enum(['Sign', 'SignAndEncrypt']).optional(), sampling: Wanted.optional(), for: Duration.optional() },
  by,
});
const Topic = z.strictObject({ ...common, evidence: z.literal('mqtt.subscribe'), signal: Reference, by });
const Command = z.strictObject({
  ...{ ...common, evidence: z.literal('command'), target: z.string() },
  via: z.enum(['http', 'opcua', 'mqtt']).optional(),
  by,
});
/** What was read, browsed or published. `read` is any of a read, a subscription and history. */
const Evidence = z.strictObject({
  ...{
    ...common,
    evidence: z.enum([
      ...['read', 'history.read', 'sql', 'what-if', 'refusal'],
      ...['opcua.read', 'opcua.browse', 'opcua.session', 'opcua.condition', 'opcua.refresh', 'opcua.events.read'],
      ...['mqtt.session', 'mqtt.publish', 'mqtt.will', 'sparkplug.rebirth', 'sparkplug.state'],
    ] as const),
  },
  ...{ signal: Globs.optional(), topic: Globs.optional(), names: Globs.optional() },
  ...{ covers: Name.optional(), signals: Count.optional() },
  ...{ count: Count.optional(), atMost: z.number().int().optional(), policy: z.string().optional() },
  ...{ mode: z.enum(['Sign', 'SignAndEncrypt']).optional(), client, by },
});
/** A signal that held a value for so long of plant time. */
const Held = z.strictObject({ ...common, signal: Reference, is: Wanted, within: Within, for: Duration });
/** What an expression over signals and windows comes to. */
const Value = z.strictObject({
  ...{ ...common, signal: Expression, above: Wanted.optional(), below: Wanted.optional(), is: Wanted.optional() },
  ...{ within: Within.optional(), unit: z.string().optional() },
});
/** A condition that comes true in a window. */
const Condition = z.strictObject({
  ...{ ...common, firstTrue: Expression, in: Name.optional(), deadline: Instant.optional() },
  leads: z.strictObject({ event: z.string(), by: Duration }).optional(),
});
/** An event of the plant, or a command of the participant. */
const Event = z.strictObject({
  ...{ ...common, event: z.string(), count: Count.optional(), before: Instant.optional(), after: Instant.optional() },
  ...{ within: Extent.optional(), order: z.array(z.string()).optional() },
  actor: z.enum(['participant', 'anyone']).default('participant'),
});
const Config = z.strictObject({ ...common, config: z.string(), is: Wanted, within: Within.optional() });
const Rule = z.strictObject({
  ...{ ...common, rule: Id },
  hidden: z.strictObject({
    seeds: z.number().int().min(1).max(20),
    set: z.record(z.string(), z.unknown()).default({}),
    scenario: z.array(z.looseObject({ fault: z.string() })).default([]),
    run: Extent,
    each: Expression,
    atLeast: z.number().int().min(1),
    tries: z.strictObject({ free: z.number().int().positive(), then: z.literal('fresh seeds') }).optional(),
  }),
});

/** All shapes of a check, for editors. */
export const AnyCheck = z.union([
  Answer,
  Sample,
  Answers,
  Subscribe,
  Topic,
  Command,
  Evidence,
  Held,
  Value,
  Condition,
  Event,
  Config,
  Rule,
]);

/** The shape that a check is meant to have, by the keys that it has. */
function shapeOf(raw: Readonly<Record<string, unknown>>): z.ZodType | undefined {
  if ('sample' in raw) return Sample;
  if ('answers' in raw) return Answers;
  if ('answer' in raw) return Answer;
  if ('config' in raw) return Config;
  if ('rule' in raw) return Rule;
  if ('firstTrue' in raw) return Condition;
  if ('event' in raw) return Event;
  if ('evidence' in raw) {
    const special = { 'opcua.subscribe': Subscribe, 'mqtt.subscribe': Topic, command: Command } as const;
    return special[raw.evidence as keyof typeof special] ?? Evidence;
  }
  return 'signal' in raw ? ('for' in raw ? Held : Value) : undefined;
}

/** A check. What is wrong is told against the one shape that it is meant to have. */
export const CheckFile = z.record(z.string(), z.unknown()).transform((raw, context): CheckFile => {
  const shape = shapeOf(raw);
  if (shape === undefined) {
    const message = 'say what the check looks at: answer, answers, evidence, signal, firstTrue, event, config or rule';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  const { data, error } = shape.safeParse(raw);
  for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: raw } as never);
  return error ? z.NEVER : (data as CheckFile);
});
export type CheckFile =
  | z.infer<typeof Answer>
  | z.infer<typeof Sample>
  | z.infer<typeof Answers>
  | z.infer<typeof Subscribe>
  | z.infer<typeof Topic>
  | z.infer<typeof Command>
  | z.infer<typeof Evidence>
  | z.infer<typeof Held>
  | z.infer<typeof Value>
  | z.infer<typeof Condition>
  | z.infer<typeof Event>
  | z.infer<typeof Config>
  | z.infer<typeof Rule>;
