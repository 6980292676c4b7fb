import { z } from 'zod';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { FaultEntry } from './planned-fault.ts';
import { findDurationUs, findStart } from './plant-time.ts';
import { DefinitionError, type Problem } from './problem.ts';

const Title = z.strictObject({ en: z.string().min(1), sv: z.string().min(1) });

const StartTime = z.string().refine((text) => findStart(text) !== undefined, {
  error: ({ input }) => `"${String(input)}" is no start. Give a time such as "Mon 05:30" or "05:30".`,
});
const Duration = z.string().refine((text) => findDurationUs(text) !== undefined, {
  error: ({ input }) => `"${String(input)}" is no duration. Give one such as "90 min", "1 h" or "3 d".`,
});

const Point = z.tuple([z.number(), z.number()]);
const Way = z.strictObject({
  /** Corners in metres: x to the right, z towards the viewer. */
  points: z.array(Point).min(2),
  radius: z.number().nonnegative().default(0),
  closed: z.boolean().default(false),
});

const Targets = z.union([z.string(), z.array(z.string()).min(1)]);
const Station = z.looseObject({
  type: z.string(),
  title: Title.optional(),
  /** Where it stands, in metres; `turn` in degrees about the vertical. */
  at: z.strictObject({ x: z.number(), z: z.number(), turn: z.number().default(0) }).optional(),
  /** Footprint in metres. */
  size: z.strictObject({ w: z.number().positive(), d: z.number().positive() }).optional(),
  /** Where on a way carriers stop for it, in metres along the way. */
  stop: z.strictObject({ way: z.string(), s: z.number().nonnegative() }).optional(),
  /** The next stations, the preferred one first; with several outlets, by outlet. */
  to: z.union([Targets, z.record(z.string(), Targets)]).optional(),
});

const identifier = /^[A-Za-z][A-Za-z0-9-]*$/;
const stationId = /^[A-Z][A-Za-z0-9]*$/;
/** Names that paths of the cell itself begin with. */
const RESERVED = ['Line', 'Clock'];

const Reaction = z.strictObject({
  /** `Alarms.AlarmRaised` */
  event: z.string(),
  /** Plant time after it in which the reaction must come. */
  within: Duration,
  /** The event by which the reaction shows. */
  until: z.string().optional(),
  /** What a person is to do. */
  text: Title,
});

/** A plant as data, as it stands in its file. Theory cells give `parts` and `stations` only. */
const Definition = z.strictObject({
  format: z.literal(1).default(1),
  id: z.string().regex(identifier, 'Use letters, digits and hyphens.').default('cell'),
  title: Title.optional(),
  /** ISA-95 path from the enterprise to the line, the beginning of all MQTT topics: `nordpump/halmstad/pumps/line1`. */
  topicPrefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'Use letters, digits, hyphens and underscores between slashes.')
    .default('plant/site/area/line'),
  /** Which time of the week plant time 0 is. */
  start: StartTime.default('Mon 00:00'),
  /** Plant time at which a cell is handed over: it has run until then. */
  open: Duration.default('0 s'),
  /** How far a cell may be run on at once after it was made: its start lies at least that far in the past. */
  horizon: Duration.default('0 s'),
  /** Places for parts in the plant at one time. */
  parts: z.number().int().positive().max(65_535),
  ways: z.record(z.string().regex(identifier, 'Use letters, digits and hyphens.'), Way).default({}),
  stations: z.record(
    z
      .string()
      .regex(stationId, 'A station begins with a capital letter; use letters and digits.')
      .refine((id) => !RESERVED.includes(id), `${RESERVED.join(' and ')} are taken by the cell itself.`),
    Station,
  ),
  /** Faults that every cell of it meets. */
  scenario: z.array(FaultEntry).default([]),
  /** Where a person must react by hand: time goes so slowly then that a hand has 10 s. */
  reactions: z.array(Reaction).default([]),
});
export type Definition = z.infer<typeof Definition>;
export type StationDefinition = Definition['stations'][string];

export type DefinitionInput = z.input<typeof Definition>;

/** Reads a definition from plain data. Throws a DefinitionError with all that is wrong with its shape. */
export function parseDefinition(data: unknown): Definition {
  const { data: definition, error } = Definition.safeParse(data);
  if (definition) return definition;
  throw new DefinitionError(error.issues.flatMap(problemsOf));
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `There is no "${key}" here.${didYouMean(key, known)} Known are ${known.join(', ')}.`,
    }));
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }));
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    const key = String(path.at(-1));
    return [{ path: path.slice(0, -1), message: `"${key}" is missing. Give "${key}".` }];
  }
  return [{ path, message: issue.message }];
}

function knownKeys([first, , inner]: readonly PropertyKey[]): string[] {
  if (first === undefined) return Object.keys(Definition.shape);
  if (first === 'ways') return Object.keys(Way.shape);
  const keys = { title: ['en', 'sv'], at: ['x', 'z', 'turn'], size: ['w', 'd'], stop: ['way', 's'] };
  return keys[(inner ?? first) as keyof typeof keys] ?? [];
}

/** Changes with anything in a definition that can change what its cells do or show; 64 bits in hexadecimal. */
export function hashOf(definition: Definition): string {
  const text = JSON.stringify(definition, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return [0x811c9dc5, 0x1b873593].map((seed) => fold(text, seed)).join('');
}

function fold(text: string, seed: number): string {
  let h = seed;
  for (let k = 0; k < text.length; k++) {
    h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
    h ^= h >>> 15;
  }
  return (h >>> 0).toString(16).padStart(8, '0');
}
