import { z } from 'zod';
import { isShallow } from './depth.ts';

const DEEPEST = 16;
const Structure = z.record(z.string(), z.unknown()).refine((value) => isShallow(value, DEEPEST), {
  error: `It nests deeper than ${DEEPEST} levels. Send a flatter value`,
});

/** What anyone may ask of a cell, over any door. `id` makes a retry harmless: the first answer is given again. */
export const CommandRequest = z.object({
  id: z.string().min(1).max(64),
  /** A command of a station (`ST03.Hold`) or a parameter (`ST03.Program.Speed`). */
  target: z.string().min(1).max(100),
  value: z.union([z.number(), z.string().max(1000), z.boolean(), Structure]).optional(),
  /** UCUM code of `value`; without it the parameter's own unit is meant. */
  unit: z.string().max(20).optional(),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

export const CommandStatus = z.enum([
  'done',
  'unknown_target',
  'wrong_type',
  'out_of_range',
  'wrong_unit',
  'wrong_state',
  'not_allowed',
  'too_many_commands',
]);
export type CommandStatus = z.infer<typeof CommandStatus>;

/** `atUs` is the plant time that the host stamped. Anything but `done` changed nothing and has a reason that says what to do. */
export const CommandResult = z.object({
  id: z.string(),
  seq: z.number().int().optional(),
  atUs: z.number().int(),
  status: CommandStatus,
  reason: z.string().optional(),
});
export type CommandResult = z.infer<typeof CommandResult>;

/** Who asks, and through which door. */
export interface Actor {
  /** Participant id; `scenario` and `system` are ours. */
  readonly actor: string;
  readonly via: 'http' | 'opcua' | 'mqtt' | 'scenario' | 'system';
}
