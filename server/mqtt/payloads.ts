import type { ClockName } from './topic-table.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import type { ClockState } from '#contract/clock.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { CellSignal } from '#simulator/cell/sampling.ts';

/** `2026-11-03T08:00:01.200Z`; with six decimals when the instant is no whole millisecond. */
export function plantTime(cell: LiveCell, tUs: number): string {
  const belowMs = tUs % 1000;
  const iso = isoOf(cell.epochMs(tUs - belowMs));
  return belowMs === 0 ? iso : `${iso.slice(0, -1)}${String(belowMs).padStart(3, '0')}Z`;
}

/** The messages of one moment of a cell are made one after the other, and all tell it. */
const latest = { epochMs: NaN, iso: '' };

function isoOf(epochMs: number): string {
  if (epochMs === latest.epochMs) return latest.iso;
  latest.iso = new Date(epochMs).toISOString();
  latest.epochMs = epochMs;
  return latest.iso;
}

/** A number of the simulator as it stands in JSON: true or false for a Boolean, null for what is no number. */
function jsonValue({ type }: CellSignal, value: number): string {
  if (type === 'Boolean') return value === 0 ? 'false' : 'true';
  return Number.isFinite(value) ? String(value) : 'null';
}

/** What a sample says as it stands in JSON: nothing, if there was no communication. */
export const sampledValue = (signal: CellSignal, { value, status }: Sample): string =>
  status === 'BadNoCommunication' ? 'null' : jsonValue(signal, value);

/** SignalMessage of a signal's newest sample. */
export function signalPayload(cell: LiveCell, index: number): string {
  const signal = cell.model.signals[index];
  const sample = cell.sample(index);
  const { value, tUs, status, stampUs = tUs } = sample;
  const quality = status ?? (Number.isFinite(value) ? 'Good' : 'Bad');
  const unit = JSON.stringify(signal.unit);
  return `{"v":${sampledValue(signal, sample)},"u":${unit},"t":"${plantTime(cell, stampUs)}","q":"${quality}"}`;
}

/** ClockState, or one member of it as a SignalMessage. */
export function clockPayload(cell: LiveCell, clock: ClockState, name: ClockName): string {
  if (name === 'all') return JSON.stringify(clock);
  const [v, u] = {
    SimTime: [clock.simUs / 1e6, 's'] as const,
    Speed: [clock.speed, '1'] as const,
    Paused: [clock.paused, '1'] as const,
    Run: [clock.run, '1'] as const,
  }[name];
  return JSON.stringify({ v, u, t: plantTime(cell, clock.simUs), q: 'Good' });
}
