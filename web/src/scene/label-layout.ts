/** A label that wants to stand centred above (x, y), in pixels of the host. */
export interface Anchor {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
  /** Higher ones are placed first and move least. */
  priority: number;
}

export interface PlacedLabel {
  id: string;
  left: number;
  top: number;
}

interface Area {
  width: number;
  height: number;
}

const GAP = 3;
const STEM = 8;
/** Tried in this order of sideways steps for every step up, so that labels rather rise than wander. */
const SIDEWAYS = [0, -0.55, 0.55, -1.05, 1.05];
const ROWS = [0, 1, -1, 2, 3, -2, 4, 5, 6];

/**
 * Places labels near their anchors so that none covers another, where there is room: each takes the free place nearest
 * to its own. All stay within the area.
 */
export function layOutLabels(anchors: readonly Anchor[], area: Area): PlacedLabel[] {
  const placed: (PlacedLabel & { w: number; h: number })[] = [];
  const byPriority = anchors.toSorted((a, b) => b.priority - a.priority || b.y - a.y || a.x - b.x);
  for (const anchor of byPriority) {
    const candidates = ROWS.flatMap((row) => SIDEWAYS.map((step) => candidate(anchor, row, step, area)));
    candidates.sort((a, b) => a.cost - b.cost);
    const free = candidates.find(({ left, top }) => !placed.some((other) => overlaps(anchor, left, top, other)));
    const { left, top } = free ?? candidates[0];
    placed.push({ id: anchor.id, left, top, w: anchor.w, h: anchor.h });
  }
  return placed.map(({ id, left, top }) => ({ id, left, top }));
}

function candidate({ x, y, w, h }: Anchor, row: number, step: number, { width, height }: Area) {
  const wishedLeft = x - w / 2;
  const wishedTop = y - h - STEM;
  const left = clamp(wishedLeft + step * (w + GAP), 0, width - w);
  const top = clamp(wishedTop - row * (h + GAP), 0, height - h);
  const cost = Math.hypot(left - wishedLeft, (top - wishedTop) * (top > wishedTop ? 1.6 : 1));
  return { left, top, cost };
}

function overlaps(
  label: { w: number; h: number },
  left: number,
  top: number,
  other: PlacedLabel & { w: number; h: number },
) {
  return (
    left < other.left + other.w + GAP &&
    other.left < left + label.w + GAP &&
    top < other.top + other.h + GAP &&
    other.top < top + label.h + GAP
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}
