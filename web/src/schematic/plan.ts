import { type Layout, type PlacedStation, siteOf } from '../scene/layout.ts';
import { type Slab, slabOf, slabSize } from '../scene/slab.ts';

/** A drawing unit is a centimetre. */
const CM = 100;
const PLAN_MARGIN_M = 0.5;

export interface PlanPoint {
  x: number;
  y: number;
}

/** The floor as a plan: the slab seen from above, turned upright where the room is narrow. Points are in centimetres. */
export interface Plan {
  width: number;
  height: number;
  isUpright: boolean;
  at(x: number, z: number): PlanPoint;
  /** Degrees, clockwise as SVG counts them, for something that is turned by `turn` on the floor. */
  angle(turn: number): number;
}

export function planOf(layout: Layout, isUpright: boolean): Plan {
  const slab: Slab = slabOf(layout);
  const { width, depth } = slabSize(slab);
  const [w, h] = isUpright ? [depth, width] : [width, depth];
  return {
    width: (w + 2 * PLAN_MARGIN_M) * CM,
    height: (h + 2 * PLAN_MARGIN_M) * CM,
    isUpright,
    at(x, z) {
      const [right, down] = isUpright ? [slab.z1 - z, x - slab.x0] : [x - slab.x0, z - slab.z0];
      return { x: (right + PLAN_MARGIN_M) * CM, y: (down + PLAN_MARGIN_M) * CM };
    },
    angle: (turn) => (isUpright ? 90 : 0) - turn,
  };
}

/** Nearer to the belt than this, a card would hide it, so it stands beside it. */
const CLEAR_OF_BELT_M = 1;
const ASIDE_M = 1.5;
/** Cards are wide, so where the plan is upright they need more room beside the belt. */
const ASIDE_UPRIGHT_M = 2.3;
/** Vehicles come up to the front of a dock. */
const BEHIND_DOCK_M = 0.5;

/** Where the card of a station stands (floor metres): on its footprint, or beside what moves through it. */
export function cardPlace(station: PlacedStation, layout: Layout, { isUpright }: Plan): { x: number; z: number } {
  const { at, type } = station;
  if (type === 'agv-dock') return { x: at.x, z: at.z - BEHIND_DOCK_M };
  const { stop } = siteOf(station, layout);
  if (!stop || Math.hypot(stop.x, stop.z) > CLEAR_OF_BELT_M) return at;
  const outwards = (Math.sign(at.z) || 1) * (type === 'loop-conveyor' ? -1 : 1);
  return { x: at.x, z: at.z + outwards * (isUpright ? ASIDE_UPRIGHT_M : ASIDE_M) };
}

/** The middle line of a way as SVG path data. */
export function wayPath(name: string, { ways }: Layout, plan: Plan): string {
  const way = ways.get(name);
  if (!way) return '';
  const count = Math.ceil(way.length / 0.25);
  const points = Array.from({ length: count + 1 }, (_, i) => {
    const { x, z } = way.at(Math.min((i * way.length) / count, way.length - 1e-6));
    const point = plan.at(x, z);
    return `${point.x.toFixed(0)} ${point.y.toFixed(0)}`;
  });
  return `M${points.join('L')}${way.isClosed ? 'Z' : ''}`;
}
