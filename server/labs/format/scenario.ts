import { z } from 'zod';
import { parseReference } from '../judge/parse-reference.ts';
import { Name, WeekTime } from './words.ts';

const At = z.union([
  z.string().startsWith('$').transform(parseReference),
  WeekTime.transform((weekUs) => ({ weekUs })),
]);
/** A command at a plant time, hidden from everyone: `$stop.station.Fail`. */
const ScenarioCommand = z.strictObject({ at: At, command: z.string(), value: z.unknown().optional() });

/**
 * A fault as cells write them too: `{ fault: air-leak, station: ST12, at: Mon 08:00, for: 2 h, hole: $leakMm }`. A process
 * that drifts is one of them. Hidden unless `public: true`. `as` names the instant at which it begins.
 */
const ScenarioFault = z.looseObject({
  fault: z.string(),
  station: z.string().optional(),
  signal: z.string().optional(),
  at: z.union([z.string(), z.number()]).optional(),
  after: z.string().optional(),
  for: z.union([z.string(), z.number()]).optional(),
  public: z.boolean().optional(),
  as: Name.optional(),
});
export type ScenarioFault = z.infer<typeof ScenarioFault>;

/** Any value of either may be a reference. */
export const Scenario = z.union([ScenarioCommand, ScenarioFault]);
export type Scenario = z.infer<typeof ScenarioCommand> | ScenarioFault;
