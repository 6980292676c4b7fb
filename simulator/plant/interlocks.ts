import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Control } from './control.ts';
import { PACKML_STATES, Reason, REASONS } from './reasons.ts';
import type { Text } from './signal.ts';

/** What keeps a robot from moving, by number; a refused command names it. */
export const INTERLOCKS: Readonly<Record<number, Text & { readonly hint: string }>> = {
  0: { en: 'none', sv: 'ingen', hint: '' },
  1: { en: 'door', sv: 'dörr', hint: 'Close the door first: CloseDoor.' },
  2: { en: 'protective stop', sv: 'skyddsstopp', hint: 'Wait until nobody is in the stop zone.' },
  3: { en: 'vacuum', sv: 'vakuum', hint: 'The gripper holds a part and its vacuum is too weak: find the leak.' },
};

const MOVES: readonly number[] = [
  ...[Reason.Starved, Reason.Executing, Reason.Blocked, Reason.Holding],
  ...[Reason.Unholding, Reason.Stopping, Reason.Resetting, Reason.Starting, Reason.Waking],
];

/** Refuses what would let the robot move while an interlock is open. */
export function demandClosed(open: number, { path }: Control, what: string): void {
  if (open === 0) return;
  const { en, hint } = INTERLOCKS[open];
  throw new Refusal(`${path} cannot ${what}: the interlock "${en}" is open.`, hint);
}

/** The lock of a door lets go only at standstill, ISO 14119:2024. */
export function demandStandstill(control: Control): void {
  if (!MOVES.includes(control.reason)) return;
  const { en } = PACKML_STATES[REASONS[control.reason].packml];
  const what = `${control.path} cannot open its door in state ${en}: the interlock "door" locks it while the arm may move.`;
  throw new Refusal(what, 'Hold or stop it first, and wait for Held or Stopped.');
}
