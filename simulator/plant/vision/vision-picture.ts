import { sine } from '#simulator/kernel/math.ts';
import { hash, normal } from '#simulator/kernel/random.ts';
import type { Picture } from '#simulator/plant/capture.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { type Look, SCREWS } from './vision-features.ts';

const WIDTH = 160;
const HEIGHT = 120;
const CENTRE = { x: 80, y: 60 };
/** Radii in mm; a pixel is one millimetre. */
const R = { bore: 16, seal: [20, 25], rim: 41, lid: 46, screws: 51.5, screw: 3.5, socket: 1.4, housing: 56 } as const;
const SCRATCH = { fromCentre: 37.5, width: 1.2, shade: 0.4 };
/** A burr stands out from the edge of the bore. */
const BURR_DEPTH_MM = 1.5;
/** Grey of things against that of the lid. */
const SHADE = { belt: 0.22, seal: 0.45, screw: 1.35, burr: 1.5, rim: 1.12 };
/** The lid is measured here, where the fall-off of the light is set to 1. */
const REFERENCE_MM = 33.5;
const FALL_OFF = 0.14 / (70 * 70);
const SENSOR_NOISE = 2.5;
const WHERE = { screw: 0, burr: 1, scratch: 2, seal: 3 };

/**
 * The part of the last look from above, as its feature vector says it looks: lid and bore in their grey and contrast,
 * screws, seal, gap, burr and scratch in the size that was measured, where the luck of the part puts them. The bore is
 * measured by a gauge, to micrometres; its deviation is far below a pixel.
 */
export function pictureOf(look: Look): Picture {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  const scene = sceneOf(look);
  const { keyA, keyB } = look.luck;
  const shot = hash(keyA, keyB, 32 * look.serial + 31);
  for (let y = 0, n = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, n++) {
      const dx = x - CENTRE.x;
      const dy = y - CENTRE.y;
      const light = 1 - FALL_OFF * (dx * dx + dy * dy - REFERENCE_MM * REFERENCE_MM);
      const grey = scene(dx, dy) * light + SENSOR_NOISE * normal(hash(shot, keyB, n));
      pixels[n] = Math.max(0, Math.min(255, Math.round(grey)));
    }
  }
  return { kind: 'picture', width: WIDTH, height: HEIGHT, pixels };
}

/** Grey at a place in mm from the centre of the bore. */
function sceneOf(look: Look): (x: number, y: number) => number {
  const lid = look.meanGrey;
  const share = look.contrast / 100;
  const dark = (lid * (1 - share)) / (1 + share);
  const rim = variantAt(look.variant).hasPrintedCover ? SHADE.rim * lid : lid;
  const seal = around(look.sealOffset, look.direction(WHERE.seal));
  const burrRadius = Math.sqrt(look.burrArea / Math.PI);
  const burr = around(R.bore - BURR_DEPTH_MM - burrRadius, look.direction(WHERE.burr));
  const missing = look.screwCount < SCREWS ? Math.floor(SCREWS * look.direction(WHERE.screw)) : -1;
  const screws = Array.from({ length: SCREWS }, (_, k) => around(R.screws, (k + 0.5) / SCREWS));
  const scratchTurn = look.direction(WHERE.scratch);
  const along = around(1, scratchTurn + 0.25);
  const middle = around(SCRATCH.fromCentre, scratchTurn);

  return (x, y) => {
    const r = Math.sqrt(x * x + y * y);
    let grey = blend(SHADE.belt * lid, lid, R.housing - r);
    screws.forEach((screw, k) => {
      const d = distance(x - screw.x, y - screw.y);
      if (k === missing) grey = blend(grey, dark, R.screw - 0.5 - d);
      else grey = blend(blend(grey, SHADE.screw * lid, R.screw - d), dark, R.socket - d);
    });
    grey = blend(grey, dark, R.lid - r);
    grey = blend(grey, rim, R.lid - look.edgeGap - r);
    grey = blend(grey, lid, R.rim - r);
    const toLine = x * middle.x + y * middle.y;
    const across = Math.abs(toLine / SCRATCH.fromCentre - SCRATCH.fromCentre);
    const beyond = Math.abs(x * along.x + y * along.y) - look.scratchLength / 2;
    const scratched = coverage(SCRATCH.width / 2 - across) * coverage(-beyond);
    grey += (SCRATCH.shade * lid - grey) * scratched;
    const fromSeal = distance(x - seal.x, y - seal.y);
    grey = blend(grey, SHADE.seal * lid, R.seal[1] - fromSeal);
    grey = blend(grey, lid, R.seal[0] - fromSeal);
    grey = blend(grey, dark, R.bore - r);
    return blend(grey, Math.min(250, SHADE.burr * lid), burrRadius - distance(x - burr.x, y - burr.y));
  };
}

const distance = (x: number, y: number): number => Math.sqrt(x * x + y * y);
const around = (radius: number, turns: number) => ({ x: radius * sine(turns + 0.25), y: radius * sine(turns) });
/** How much of a pixel lies inside an edge that is `inside` mm from its centre. */
const coverage = (inside: number): number => Math.max(0, Math.min(1, inside + 0.5));
const blend = (under: number, over: number, inside: number): number => under + (over - under) * coverage(inside);
