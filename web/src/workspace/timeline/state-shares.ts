import type { Strip } from '../../live/tape.ts';
import { type StationState, stationState } from '../../live/station-state.ts';

export interface Stretch {
  readonly state: StationState;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The states of a station between two instants, oldest first; stretches of one state are joined. */
export function stretches({ tMs, values }: Strip, fromMs: number, toMs: number): Stretch[] {
  const found: Stretch[] = [];
  for (const [k, start] of tMs.entries()) {
    const end = Math.min(k + 1 < tMs.length ? tMs[k + 1] : toMs, toMs);
    const begin = Math.max(start, fromMs);
    if (end <= begin) continue;
    const state = stationState(values[k]);
    const last = found.at(-1);
    if (last?.state === state) found[found.length - 1] = { ...last, toMs: end };
    else found.push({ state, fromMs: begin, toMs: end });
  }
  return found;
}

/** Share of the time in each state, largest first. */
export function shares(list: readonly Stretch[]): readonly (readonly [StationState, number])[] {
  const total = list.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const times = new Map<StationState, number>();
  for (const { state, fromMs, toMs } of list) times.set(state, (times.get(state) ?? 0) + toMs - fromMs);
  return [...times].map(([state, ms]) => [state, ms / total] as const).sort((a, b) => b[1] - a[1]);
}
