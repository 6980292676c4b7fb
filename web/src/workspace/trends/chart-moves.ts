import type uPlot from 'uplot';
import { type Range, type TimeWindow, isRange, rangeOf } from '../../live/use-tape.ts';

const SHORTEST_MS = 20;
const LONGEST_MS = 14 * 86_400_000;
const WHEEL = 0.0016;

/** From where to where the line has a past: its beginning, and now. */
export type Known = Range;

/** A stretch within what is known, not shorter than a few samples. Its length stays if it can. */
export function within({ fromMs, toMs }: Range, known: Known): Range {
  const span = Math.min(
    Math.max(toMs - fromMs, SHORTEST_MS),
    LONGEST_MS,
    Math.max(SHORTEST_MS, known.toMs - known.fromMs),
  );
  const middle = (fromMs + toMs) / 2;
  const from = Math.max(known.fromMs, Math.min(middle - span / 2, known.toMs - span));
  return { fromMs: from, toMs: from + span };
}

/** `scale` times as long, with the instant at `share` of it staying where it is; then moved by a share of its length. */
export function changed(window: TimeWindow, known: Known, scale: number, move: number, share = 0.5): TimeWindow {
  const { fromMs, toMs } = rangeOf(window, known.toMs);
  const span = (toMs - fromMs) * scale;
  // A live window that is only made longer or shorter goes on live.
  if (!isRange(window) && move === 0 && share > 0.98) return { spanMs: Math.min(Math.max(span, 1000), LONGEST_MS) };
  const from = fromMs + (toMs - fromMs) * share - span * share + (toMs - fromMs) * move;
  return within({ fromMs: from, toMs: from + span }, known);
}

/** What a key does to the window; undefined if it is none of these. */
export function keyMove(key: string, isShift: boolean, window: TimeWindow, known: Known): TimeWindow | undefined {
  const { fromMs, toMs } = rangeOf(window, known.toMs);
  const far = isShift ? 0.9 : 0.1;
  if (key === 'ArrowLeft') return changed(window, known, 1, -far);
  if (key === 'ArrowRight') return changed(window, known, 1, far);
  if (key === '+' || key === '=') return changed(window, known, 0.5, 0, isRange(window) ? 0.5 : 1);
  if (key === '-') return changed(window, known, 2, 0, isRange(window) ? 0.5 : 1);
  if (key === 'Home') return within({ fromMs: known.fromMs, toMs: known.fromMs + toMs - fromMs }, known);
  if (key === 'End' || key === '0') return { spanMs: toMs - fromMs };
  return undefined;
}

export interface Moves {
  readonly window: () => TimeWindow;
  readonly known: () => Known;
  readonly onWindow: (next: TimeWindow) => void;
  /** Clicked on an instant. */
  readonly onMoment: (ms: number) => void;
}

/** Wheel zooms at the pointer; with Shift, or sideways, it moves. Shift and drag moves; so does a finger, and two zoom. */
export function listenToMoves(u: uPlot, moves: Moves): () => void {
  const { over } = u;
  const shareAt = (clientX: number) => {
    const { left, width } = over.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey) return;
    event.preventDefault();
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const by = isSideways && event.deltaX === 0 ? event.deltaY : isSideways ? event.deltaX : event.deltaY;
    const pixels = event.deltaMode === 1 ? by * 16 : by;
    if (isSideways) moves.onWindow(changed(moves.window(), moves.known(), 1, pixels / over.clientWidth / 2));
    else moves.onWindow(changed(moves.window(), moves.known(), Math.exp(pixels * WHEEL), 0, shareAt(event.clientX)));
  };

  const held = new Map<number, number>();
  let begun: { readonly range: Range; readonly shares: readonly number[]; hasMoved: boolean } | undefined;
  const begin = () => {
    const shares = [...held.values()].map(shareAt);
    begun =
      shares.length > 0 ? { range: rangeOf(moves.window(), moves.known().toMs), shares, hasMoved: false } : undefined;
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && !event.shiftKey) return;
    over.setPointerCapture(event.pointerId);
    held.set(event.pointerId, event.clientX);
    begin();
  };
  const move = (event: PointerEvent) => {
    if (!held.has(event.pointerId) || !begun) return;
    held.set(event.pointerId, event.clientX);
    const now = [...held.values()].map(shareAt);
    const { range, shares } = begun;
    const span = range.toMs - range.fromMs;
    if (Math.abs(now[0] - shares[0]) * over.clientWidth < 3 && now.length === 1 && !begun.hasMoved) return;
    begun.hasMoved = true;
    const apart = (list: readonly number[]) => Math.max(0.02, Math.abs(list[0] - (list[1] ?? list[0] + 1)));
    const scale = now.length > 1 ? apart(shares) / apart(now) : 1;
    const middle = (list: readonly number[]) => list.reduce((sum, share) => sum + share, 0) / list.length;
    const fromMs = range.fromMs + middle(shares) * span - middle(now) * span * scale;
    moves.onWindow(within({ fromMs, toMs: fromMs + span * scale }, moves.known()));
  };
  const up = (event: PointerEvent) => {
    held.delete(event.pointerId);
    begin();
  };
  let pressedX = 0;
  const pressed = (event: MouseEvent) => (pressedX = event.clientX);
  const clicked = (event: MouseEvent) => {
    if (event.shiftKey || Math.abs(event.clientX - pressedX) > 3) return;
    const { fromMs, toMs } = rangeOf(moves.window(), moves.known().toMs);
    moves.onMoment(fromMs + (toMs - fromMs) * shareAt(event.clientX));
  };
  const listeners = [
    ['wheel', wheel],
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', up],
    ['mousedown', pressed],
    ['click', clicked],
  ] as const;
  for (const [name, listener] of listeners)
    over.addEventListener(name, listener as EventListener, { passive: name !== 'wheel' });
  return () => {
    for (const [name, listener] of listeners) over.removeEventListener(name, listener as EventListener);
  };
}
