import type { CellSession } from '../../live/cell-session.ts';
import { type StationState, stateSignalOf, stationState } from '../../live/station-state.ts';
import type { Strip, Tape } from '../../live/tape.ts';
import type { Range } from '../../live/use-tape.ts';
import { placeAt } from './chart-data.ts';

/** A stretch of time that a station spent in one state for one reason. */
export interface Entry extends Range {
  readonly station: string;
  readonly state: StationState;
  /** Value of `State.Reason`; undefined for stations without one. */
  readonly reason: number | undefined;
}

export const reasonSignalOf = (station: string): string => `${station}.State.Reason`;

/** The signals that the ledger of a line is read from. */
export const ledgerSignals = (session: CellSession, stations: readonly string[]): string[] =>
  stations.flatMap((id) => [stateSignalOf(id), reasonSignalOf(id)]).filter((path) => session.findSignal(path));

/** What a station did in a window, oldest first; it is known from its first sample to the end. */
export function ledgerOf(tape: Tape, station: string, { fromMs, toMs }: Range): Entry[] {
  const states = tape.strips.get(stateSignalOf(station));
  if (!states || states.tMs.length === 0) return [];
  const reasons = tape.strips.get(reasonSignalOf(station));
  const edges = [...new Set([...states.tMs, ...(reasons?.tMs ?? [])])].sort((a, b) => a - b);
  const entries: Entry[] = [];
  for (const [k, edge] of edges.entries()) {
    const begin = Math.max(edge, fromMs);
    const end = Math.min(edges[k + 1] ?? toMs, toMs);
    if (end <= begin) continue;
    const state = stationState(heldAt(states, edge));
    const reason = reasons && heldAt(reasons, edge);
    const last = entries.at(-1);
    if (last && last.state === state && last.reason === reason) entries[entries.length - 1] = { ...last, toMs: end };
    else entries.push({ station, state, reason, fromMs: begin, toMs: end });
  }
  return entries;
}

const heldAt = (strip: Strip, ms: number): number | undefined => strip.values[placeAt(strip, ms)];

export interface Loss {
  readonly key: string;
  readonly station: string;
  readonly reason: number | undefined;
  readonly state: StationState;
  readonly count: number;
  readonly ms: number;
  /** Of all losses, and of this with all larger ones. */
  readonly share: number;
  readonly cumulated: number;
}

/** Why stations did not work, the longest first. Reasons are told apart by station, or put together over all. */
export function losses(entries: readonly Entry[], isByStation: boolean): Loss[] {
  const sums = new Map<string, { entry: Entry; count: number; ms: number }>();
  for (const entry of entries) {
    if (entry.state === 'running') continue;
    const key = `${isByStation ? entry.station : ''} ${entry.reason ?? entry.state}`;
    const sum = sums.get(key) ?? { entry, count: 0, ms: 0 };
    sums.set(key, { entry: sum.entry, count: sum.count + 1, ms: sum.ms + entry.toMs - entry.fromMs });
  }
  const total = [...sums.values()].reduce((sum, { ms }) => sum + ms, 0);
  const sorted = [...sums].sort((a, b) => b[1].ms - a[1].ms);
  let cumulated = 0;
  return sorted.map(([key, { entry, count, ms }]) => {
    cumulated += ms / total;
    const { reason, state, station } = entry;
    return { key, station: isByStation ? station : '', reason, state, count, ms, share: ms / total, cumulated };
  });
}
