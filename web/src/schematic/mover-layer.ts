import type { Layout } from '../scene/layout.ts';
import { loadColour } from '../scene/palette.ts';
import { type Spot, type Tracks, spotAt } from '../scene/track.ts';
import type { Plan } from './plan.ts';

const SVG = 'http://www.w3.org/2000/svg';
const CARRIER = { className: 'schematic-carrier', w: 44, h: 44, round: 6 };
const VEHICLE = { className: 'schematic-vehicle', w: 115, h: 80, round: 16 };
const LOAD_SHARE = 0.5;

interface Mover {
  group: SVGGElement;
  load: SVGRectElement;
  /** What was written last: an attribute that is written again is read again by the browser. */
  placed: string;
  loaded: string;
}

/** Carriers and vehicles as elements below `root`, moved without React, which has nothing to decide about them. */
export function createMoverLayer(root: SVGGElement, layout: Layout, plan: Plan) {
  const movers = new Map<string, Mover>();
  return {
    pose(tracks: Tracks, t: number): void {
      for (const [id, track] of tracks) {
        const spot = spotAt(track, t);
        const way = spot && layout.ways.get(spot.path);
        if (!spot || !way) continue;
        const mover = movers.get(id) ?? createMover(root, layout.belts.has(spot.path) ? CARRIER : VEHICLE);
        movers.set(id, mover);
        const { x, z, turn } = way.at(spot.s);
        place(mover, spot, plan.at(x, z), plan.angle(turn));
      }
    },
    clear(): void {
      movers.clear();
      root.replaceChildren();
    },
  };
}

function place(mover: Mover, spot: Spot, { x, y }: { x: number; y: number }, angle: number): void {
  const { group, load } = mover;
  const placed = `translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${angle.toFixed(0)})`;
  if (placed !== mover.placed) group.setAttribute('transform', placed);
  mover.placed = placed;
  const loaded = spot.load ?? '';
  if (loaded === mover.loaded) return;
  mover.loaded = loaded;
  load.setAttribute('visibility', spot.load === undefined ? 'hidden' : 'visible');
  if (spot.load !== undefined) load.setAttribute('fill', loadColour(spot.load));
}

function createMover(root: SVGGElement, { className, w, h, round }: typeof CARRIER): Mover {
  const group = document.createElementNS(SVG, 'g');
  const load = rectangle(w * LOAD_SHARE, h * LOAD_SHARE, round / 2);
  group.append(rectangle(w, h, round), load);
  group.setAttribute('class', className);
  root.append(group);
  return { group, load, placed: '', loaded: '?' };
}

function rectangle(w: number, h: number, round: number): SVGRectElement {
  const rect = document.createElementNS(SVG, 'rect');
  const attributes = { x: -w / 2, y: -h / 2, width: w, height: h, rx: round };
  for (const [name, value] of Object.entries(attributes)) rect.setAttribute(name, String(value));
  return rect;
}
