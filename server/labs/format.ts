import { z } from 'zod';
import { FaultEntry } from '#simulator/cell/planned-fault.ts';
import { parseTolerance } from './judge/tolerance.ts';
import { parseDuration, parseWeekTime } from './plant-time.ts';

/** The format of lab.yaml. Unknown keys are refused everywhere; every sentence that people read lives in the texts. */

const Id = z.string().regex(/^[a-z][A-Za-z0-9-]*$/, 'an id: letters, digits and dashes, beginning with a small letter');
const Name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name: letters and digits, beginning with a small letter');
const Points = z.number().int().positive();

const parsed = <T>(parse: (text: string) => T | undefined, expected: string) =>
  z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}` });
    return z.NEVER;
  });

/** Microseconds since Monday midnight, plant time. */
const WeekTime = parsed(parseWeekTime, 'a plant time such as "Mon 05:30"');
/** Microseconds. */
const Duration = parsed(parseDuration, 'a duration such as "60 s" or "3 d"');
const Within = parsed(parseTolerance, 'a tolerance such as "0.05 kW", "3 %", "1 pp" or "2 % or 0.05 kW"');
const Percent = parsed(
  (text) => (/^\d+ %$/.test(text) ? Number(text.slice(0, -2)) / 100 : undefined),
  'a share such as "70 %"',
);

/** `$interval`, `$wanted.0`, `$stop.station`, or a value that is written down. */
export function parseReference(raw: string | number) {
  const [, drawn, key] =
    (typeof raw === 'string' && /^\$([a-z][A-Za-z0-9]*)(?:\.([a-z0-9][A-Za-z0-9]*))?$/.exec(raw)) || [];
  if (drawn === undefined) return { value: raw };
  return key === undefined ? { drawn } : { drawn, key };
}
export const Reference = z.union([z.string(), z.number()]).transform(parseReference);

const shown = {
  /** `true`: guides and texts may show the value. `words`: only the sentence that `words` in the texts has for it. */
  public: z.union([z.literal(true), z.literal('words')]).optional(),
  /** The step whose tries, once used up, draw this anew. */
  redraw: Id.optional(),
};

/** What is drawn for each attempt. */
export const Variable = z.union([
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(2), unit: z.string().optional(), ...shown }),
  /** One row of several, whose values belong together: `$stop.station`, `$stop.fault`. */
  z.strictObject({ oneOf: z.array(z.record(Name, z.union([z.string(), z.number()]))).min(2), redraw: shown.redraw }),
  z.strictObject({ someOf: z.array(z.string()).min(2), count: z.number().int().min(1), ...shown }),
  z.strictObject({
    from: z.number(),
    to: z.number(),
    step: z.number().positive().optional(),
    unit: z.string().optional(),
    ...shown,
  }),
  z
    .strictObject({ from: WeekTime, to: WeekTime, step: Duration.optional(), ...shown })
    .transform((variable) => ({ ...variable, time: true as const })),
]);
export type Variable = z.infer<typeof Variable>;

const check = { id: Id, points: Points, needs: z.union([z.string(), z.array(z.string())]).optional() };
const Wanted = z.union([
  z.strictObject({ is: Reference, within: Within.optional() }),
  z.union([z.string(), z.number()]).transform((raw) => ({ is: parseReference(raw) })),
]);
const Tells = z.record(Id, Reference);
const SignalList = z.union([z.array(Reference), Reference.transform((one) => [one])]);

export const CheckFile = z.union([
  z.strictObject({ ...check, answer: Name, is: Reference, within: Within.optional(), tells: Tells.optional() }),
  /** A pasted message of this signal. */
  z.strictObject({ ...check, answer: Name, sample: Reference }),
  z.strictObject({
    ...check,
    answers: z.record(Name, Wanted),
    tells: z.record(Id, z.record(Name, Reference)).optional(),
  }),
  z.strictObject({
    ...check,
    evidence: z.literal('opcua.subscribe'),
    /** Exactly these, in one session. */
    signals: SignalList,
    mode: z.enum(['Sign', 'SignAndEncrypt']).optional(),
    /** Milliseconds. */
    sampling: Reference.optional(),
    /** Wall time. */
    for: Duration.optional(),
  }),
  z.strictObject({ ...check, evidence: z.literal('mqtt.subscribe'), signal: Reference }),
  z.strictObject({
    ...check,
    evidence: z.literal('command'),
    target: Reference,
    via: z.enum(['http', 'opcua', 'mqtt']).optional(),
  }),
  /** `for` is plant time. */
  z.strictObject({ ...check, signal: Reference, is: Reference, within: Within, for: Duration }),
]);
export type CheckFile = z.infer<typeof CheckFile>;

export const AskFile = z.strictObject({
  type: z.enum(['number', 'integer', 'choice', 'station', 'signal', 'time', 'text', 'message']),
  unit: z.string().optional(),
  accept: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  options: z.array(Id).optional(),
});

const ScenarioStep = z.strictObject({
  at: z.union([z.string().startsWith('$').transform(parseReference), WeekTime.transform((weekUs) => ({ weekUs }))]),
  /** `$station.Fail`, `$stop.station.Fail` */
  command: z.string(),
  value: z.unknown().optional(),
});
/** A command at a plant time, or a fault as cells write them too. Any value of either may be a reference. */
const Scenario = z.union([ScenarioStep, FaultEntry]);

/** What the reference solution does, with what a participant can see: `$name` is something read or shown before. */
export const Action = z.union([
  /** Knows from the sentences on the screen which values of a `words` variable are meant. */
  z.strictObject({ recognise: z.strictObject({ words: Name, as: Name }) }),
  z.strictObject({ answer: z.record(Name, z.union([z.string(), z.number()])) }),
  z.strictObject({
    subscribe: z.strictObject({
      signals: z.union([z.string(), z.array(z.string())]),
      sampling: z.union([z.string(), z.number()]),
      mode: z.enum(['None', 'Sign', 'SignAndEncrypt']).default('SignAndEncrypt'),
      for: Duration,
    }),
  }),
  z.strictObject({ let: z.record(Name, z.strictObject({ product: z.array(z.union([z.string(), z.number()])) })) }),
  /** The first message of a signal, from its own topic or from a subscription to everything. */
  z.strictObject({ message: z.strictObject({ signal: z.string(), as: Name, everything: z.boolean().default(false) }) }),
  /** The longest time that a station stood for a reason which the field `ask` offers: station, reason, began, seconds. */
  z.strictObject({ longestStop: z.strictObject({ ask: Name, as: Name }) }),
  /** A choice of a field other than this one. */
  z.strictObject({ another: z.strictObject({ ask: Name, than: z.string(), as: Name }) }),
  z.strictObject({
    command: z.strictObject({
      target: z.string(),
      value: z.union([z.string(), z.number()]).optional(),
      via: z.enum(['http', 'opcua', 'mqtt']),
    }),
  }),
  /** Plant time. */
  z.strictObject({ runFor: Duration }),
]);
export type Action = z.infer<typeof Action>;
const Actions = z.record(Id, z.array(Action));

export const LabFile = z.strictObject({
  format: z.literal(1),
  id: Id,
  /** Raised by any change that alters what is drawn, asked or judged. */
  version: z.number().int().positive(),
  minutes: z.number().int().positive(),
  pass: z.strictObject({ points: Percent, steps: z.array(Id) }),
  cell: z.strictObject({
    base: z.string(),
    start: WeekTime,
    /** All before it has happened when the participant comes. */
    open: WeekTime.optional(),
    horizon: Duration,
    speed: z.tuple([z.number().min(1), z.number().max(100)]),
    set: z.record(z.string(), z.unknown()).default({}),
  }),
  vars: z.record(Name, Variable).default({}),
  scenario: z.array(Scenario).default([]),
  steps: z
    .array(
      z.strictObject({
        id: Id,
        minutes: z.number().int().positive(),
        ask: z.record(Name, AskFile).default({}),
        checks: z.array(CheckFile).min(1),
      }),
    )
    .min(1),
  /** The nth entry for a step opens its nth hint. */
  hints: z.array(z.strictObject({ step: Id, afterFails: z.number().int().min(0) })).default([]),
  try: z
    .strictObject({ answers: z.strictObject({ free: z.number().int().positive(), then: z.literal('redraw') }) })
    .default({ answers: { free: 3, then: 'redraw' } }),
  solution: Actions,
  wrong: z
    .array(
      z.strictObject({
        id: Id,
        instead: Actions,
        /** Exactly these checks are lost: `watch.exact`. */
        loses: z.array(z.string()).min(1),
        /** What the explanation of the first lost check must be: a cause or a tell. */
        tells: z.string().optional(),
      }),
    )
    .default([]),
  prove: z
    .strictObject({ honest: Percent, copy: Percent, guess: Percent })
    .default({ honest: 0.99, copy: 0.05, guess: 0.05 }),
});
export type LabFile = z.infer<typeof LabFile>;

const Sentence = z.string().min(1);
const Sentences = z.record(z.string(), Sentence);
export const CheckTexts = z.strictObject({
  aim: Sentence,
  /** One sentence, or one for each cause. */
  fail: z.union([Sentence, Sentences]),
  pass: Sentence.optional(),
  tells: Sentences.optional(),
});
export const StepTexts = z.strictObject({
  title: Sentence,
  ask: Sentences.optional(),
  options: z.record(z.string(), Sentences).optional(),
  checks: z.record(z.string(), CheckTexts),
  hints: z.array(Sentence).optional(),
});
/** texts.<language>.yaml: sent one sentence at a time, never as a file. */
export const TextsFile = z.strictObject({
  title: Sentence,
  aim: Sentence,
  /** By variable, by value: how a drawn value is described without being named. */
  words: z.record(z.string(), Sentences).default({}),
  steps: z.record(z.string(), StepTexts),
});
export type TextsFile = z.infer<typeof TextsFile>;

export const AreasFile = z.strictObject({
  areas: z.array(z.strictObject({ id: Id, title: z.strictObject({ en: Sentence, sv: Sentence }) })),
  paths: z.array(
    z.strictObject({ id: Id, title: z.strictObject({ en: Sentence, sv: Sentence }), areas: z.array(Id).min(1) }),
  ),
});
export type AreasFile = z.infer<typeof AreasFile>;
