import { z } from 'zod';
import { ClockState } from './clock.ts';
import { Text } from './text.ts';

/** One value that can be watched. Its path is its name on every door; see simulator/plant/signal.ts. */
export const SignalView = z.object({
  /** `ST03.Spindle.Load` */
  path: z.string(),
  station: z.string(),
  unit: z.string(),
  kind: z.enum(['held', 'continuous']),
  type: z.enum(['Double', 'Int32', 'UInt32', 'Boolean']),
  scanS: z.number(),
  resolution: z.number(),
  range: z.tuple([z.number(), z.number()]),
  text: Text,
  words: z.record(z.string(), Text).optional(),
});
export type SignalView = z.infer<typeof SignalView>;

/** The value that a command wants; see simulator/plant/command-argument.ts. */
export const CommandArgumentView = z.object({
  name: z.string(),
  text: Text,
  kind: z.enum(['number', 'integer', 'choice', 'station', 'text', 'object']),
  /** Of a number. */
  unit: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  /** What it may be, of a choice or a station. */
  choices: z.array(z.object({ value: z.union([z.string(), z.number()]), text: Text })).optional(),
  /** Of a text or an object (JSON). */
  example: z.string().optional(),
  /** What to give, in a sentence. */
  hint: z.string(),
});
export type CommandArgumentView = z.infer<typeof CommandArgumentView>;

/** `label` is for a button; `text` says more. `wants` is there if the command wants a value. */
export const CommandView = z.object({
  path: z.string(),
  label: Text,
  text: Text,
  wants: CommandArgumentView.optional(),
});
export type CommandView = z.infer<typeof CommandView>;

export const ParameterView = z.object({
  path: z.string(),
  unit: z.string(),
  type: z.enum(['number', 'count', 'choice']),
  range: z.tuple([z.number(), z.number()]).optional(),
  choices: z.array(z.string()).optional(),
  text: Text,
});
export type ParameterView = z.infer<typeof ParameterView>;

/** Where a station stands: metres, x to the right, z towards the viewer, `turn` in degrees about the vertical. */
export const Placement = z.object({ x: z.number(), z: z.number(), turn: z.number().default(0) });
export type Placement = z.infer<typeof Placement>;

export const StationView = z.object({
  id: z.string(),
  type: z.string(),
  title: Text,
  at: Placement.optional(),
  /** Footprint in metres. */
  size: z.object({ w: z.number(), d: z.number() }).optional(),
  /** Where on its path a carrier stops for it. */
  stop: z.object({ path: z.string(), s: z.number() }).optional(),
  commands: z.array(CommandView),
  parameters: z.array(ParameterView),
});
export type StationView = z.infer<typeof StationView>;

/** A way that carriers or vehicles follow: corners in metres, rounded; see simulator/plant/way.ts for positions on it. */
export const WayView = z.object({
  points: z.array(z.tuple([z.number(), z.number()])).min(2),
  radius: z.number().nonnegative(),
  closed: z.boolean(),
  length: z.number(),
});
export type WayView = z.infer<typeof WayView>;

/** What moves from s0 (m along `path`) at v (m/s) from t0 to t1 (plant time, us). At rest, v is 0 and t1 is t0. */
export const MotionSegment = z.object({
  id: z.string(),
  path: z.string(),
  s0: z.number(),
  v: z.number(),
  t0: z.number(),
  t1: z.number(),
  /** What it carries: the variant of a part (`P1`), `core`, `cartons`; absent when empty. */
  load: z.string().optional(),
});
export type MotionSegment = z.infer<typeof MotionSegment>;

/** All of a cell that its participant may know: `GET /api/cells/:id`. Never a seed, a scenario or the future. */
export const CellView = z.object({
  id: z.string(),
  definition: z.string(),
  title: Text,
  /** ISA-95: `nordpump/halmstad/pumps/line1` */
  topicPrefix: z.string(),
  stations: z.array(StationView),
  ways: z.record(z.string(), WayView),
  signals: z.array(SignalView),
  clock: ClockState,
  opcua: z.object({ endpointUrl: z.string(), namespaceUri: z.string() }),
  mqtt: z.object({ host: z.string(), port: z.number() }),
});
export type CellView = z.infer<typeof CellView>;
