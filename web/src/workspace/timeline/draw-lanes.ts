import type { StationState } from '../../live/station-state.ts';
import type { Stretch } from './state-shares.ts';

const LANE_PX = 7;
export const PITCH_PX = 10;
/** Height of a lane, and from one lane to the next, in CSS pixels. */
interface LaneSize {
  readonly lanePx: number;
  readonly pitchPx: number;
}
const THIN: LaneSize = { lanePx: LANE_PX, pitchPx: PITCH_PX };

/** Custom properties by name, as the theme has them now. */
export function paints(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  return (name) => {
    const value = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
}

const FILLS: Readonly<Record<StationState, string>> = {
  running: '--st-run',
  waiting: '--st-idle',
  warning: '--warn-fill',
  fault: '--fault-fill',
  service: '--info',
  off: '--surface-3',
};

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** Room for it, in CSS pixels. */
  readonly widthPx: number;
  /** Marked by a line. */
  readonly momentMs: number | undefined;
}

/** Draws one lane for each station. Warning is hatched and off is outlined, so that colour is never alone. */
export function drawLanes(
  canvas: HTMLCanvasElement,
  lanes: readonly (readonly Stretch[])[],
  { fromMs, toMs, widthPx: width, momentMs }: Span,
  { lanePx, pitchPx }: LaneSize = THIN,
): void {
  const ratio = devicePixelRatio || 1;
  const height = lanes.length * pitchPx;
  const paint = paints();
  const to = canvas.getContext('2d');
  if (!to) return;
  fit(canvas, Math.round(width * ratio), Math.round(height * ratio));
  to.setTransform(ratio, 0, 0, ratio, 0, 0);
  to.clearRect(0, 0, width, height);
  const x = (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * width;
  for (const [row, lane] of lanes.entries()) {
    const y = row * pitchPx + (pitchPx - lanePx) / 2;
    to.fillStyle = paint('--surface-3');
    to.fillRect(0, y, width, lanePx);
    for (const { state, fromMs: start, toMs: end } of lane) {
      const left = x(start);
      const wide = Math.max(1, x(end) - left);
      to.fillStyle = paint(FILLS[state]);
      to.fillRect(left, y, wide, lanePx);
      if (state === 'warning') hatch(to, { left, y, wide, high: lanePx }, paint('--warn'));
      if (state === 'off') {
        to.strokeStyle = paint('--line-strong');
        to.strokeRect(left + 0.5, y + 0.5, Math.max(0, wide - 1), lanePx - 1);
      }
    }
  }
  if (momentMs === undefined) return;
  to.fillStyle = paint('--accent');
  to.fillRect(Math.round(x(momentMs)) - 1, 0, 2, height);
}

/** A size that is set makes the picture anew, also where it was the same. */
function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

interface Box {
  readonly left: number;
  readonly y: number;
  readonly wide: number;
  readonly high: number;
}

function hatch(to: CanvasRenderingContext2D, { left, y, wide, high }: Box, colour: string): void {
  to.save();
  to.beginPath();
  to.rect(left, y, wide, high);
  to.clip();
  to.strokeStyle = colour;
  to.lineWidth = 1.5;
  to.beginPath();
  for (let x = left - high; x < left + wide; x += 6) {
    to.moveTo(x, y + high);
    to.lineTo(x + high, y);
  }
  to.stroke();
  to.restore();
}
