import type { Layout } from './layout.ts';

/** The floor that the cell stands on, in metres. */
export interface Slab {
  x0: number;
  x1: number;
  z0: number;
  z1: number;
}

const MARGIN_M = 0.95;
const EMPTY: Slab = { x0: -4, x1: 4, z0: -3, z1: 3 };

/** Just wide enough for all stations and ways. */
export function slabOf({ stations, ways }: Layout): Slab {
  const slab: Slab = { x0: Infinity, x1: -Infinity, z0: Infinity, z1: -Infinity };
  const reach = (x: number, z: number, aside: number, along: number) => {
    slab.x0 = Math.min(slab.x0, x - aside);
    slab.x1 = Math.max(slab.x1, x + aside);
    slab.z0 = Math.min(slab.z0, z - along);
    slab.z1 = Math.max(slab.z1, z + along);
  };
  for (const { at, size } of stations) {
    const diagonal = Math.hypot(size?.w ?? 2, size?.d ?? 2) / 2;
    const turned = Math.abs(Math.sin((at.turn * Math.PI) / 180)) > 0.7;
    const [w, d] = size ? (turned ? [size.d, size.w] : [size.w, size.d]) : [diagonal, diagonal];
    reach(at.x, at.z, w / 2 + 0.3, d / 2 + 0.3);
  }
  for (const way of ways.values()) {
    for (let s = 0; s <= way.length; s += 0.5) {
      const { x, z } = way.at(s);
      reach(x, z, 0.5, 0.5);
    }
  }
  const { x0, x1, z0, z1 } = slab.x0 > slab.x1 ? EMPTY : slab;
  return { x0: x0 - MARGIN_M, x1: x1 + MARGIN_M, z0: z0 - MARGIN_M, z1: z1 + MARGIN_M };
}

export const slabSize = ({ x0, x1, z0, z1 }: Slab) => ({
  width: x1 - x0,
  depth: z1 - z0,
  x: (x0 + x1) / 2,
  z: (z0 + z1) / 2,
});
