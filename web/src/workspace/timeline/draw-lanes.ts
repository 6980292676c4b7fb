import type { StationState } from '../../live/station-state.ts';
import type { Stretch } from './state-shares.ts';

export const LANE_PX = 7;
export const PITCH_PX = 10;

/** Custom properties by name, as the theme has them now. */
export function paints(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
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
  /** Marked by a line. */
  readonly momentMs: number | undefined;
}

/** Draws one lane for each station. Warning is hatched and off is outlined, so that colour is never alone. */
export function drawLanes(
  canvas: HTMLCanvasElement,
  lanes: readonly (readonly Stretch[])[],
  { fromMs, toMs, momentMs }: Span,
): void {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = lanes.length * PITCH_PX;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const paint = paints();
  const to = canvas.getContext('2d');
  if (!to) return;
  to.scale(ratio, ratio);
  const x = (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * width;
  for (const [row, lane] of lanes.entries()) {
    const y = row * PITCH_PX + (PITCH_PX - LANE_PX) / 2;
    to.fillStyle = paint('--surface-3');
    to.fillRect(0, y, width, LANE_PX);
    for (const { state, fromMs: start, toMs: end } of lane) {
      const left = x(start);
      const wide = Math.max(1, x(end) - left);
      to.fillStyle = paint(FILLS[state]);
      to.fillRect(left, y, wide, LANE_PX);
      if (state === 'warning') hatch(to, left, y, wide, paint('--warn'));
      if (state === 'off') {
        to.strokeStyle = paint('--line-strong');
        to.strokeRect(left + 0.5, y + 0.5, Math.max(0, wide - 1), LANE_PX - 1);
      }
    }
  }
  if (momentMs === undefined) return;
  to.fillStyle = paint('--accent');
  to.fillRect(Math.round(x(momentMs)) - 1, 0, 2, height);
}

function hatch(to: CanvasRenderingContext2D, left: number, y: number, wide: number, colour: string): void {
  to.save();
  to.beginPath();
  to.rect(left, y, wide, LANE_PX);
  to.clip();
  to.strokeStyle = colour;
  to.lineWidth = 1.5;
  to.beginPath();
  for (let x = left - LANE_PX; x < left + wide; x += 6) {
    to.moveTo(x, y + LANE_PX);
    to.lineTo(x + LANE_PX, y);
  }
  to.stroke();
  to.restore();
}
