import type { SceneState } from '../scene/states.ts';

/** How a station shows. */
export type StationState = SceneState;

/** PackML StateNumber (ISA-TR88.00.02): the machine works, waits for others, waits for itself, is broken, cared for or off. */
const BY_NUMBER: readonly StationState[] = [
  'off', // 0 Undefined
  'service', // 1 Clearing
  'off', // 2 Stopped
  'running', // 3 Starting
  'waiting', // 4 Idle
  'waiting', // 5 Suspended
  'running', // 6 Execute
  'off', // 7 Stopping
  'fault', // 8 Aborting
  'fault', // 9 Aborted
  'warning', // 10 Holding
  'warning', // 11 Held
  'running', // 12 Unholding
  'waiting', // 13 Suspending
  'running', // 14 Unsuspending
  'waiting', // 15 Resetting
  'running', // 16 Completing
  'waiting', // 17 Complete
];

export const stationState = (packMl: number | undefined): StationState =>
  packMl === undefined ? 'off' : (BY_NUMBER[packMl] ?? 'off');

/** The signal that carries a station's PackML state. */
export const stateSignalOf = (station: string): string => `${station}.State.Current`;
