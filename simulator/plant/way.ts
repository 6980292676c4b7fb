import { sine } from '#simulator/kernel/math.ts';

/** Corners in metres (x to the right, z towards the viewer), each rounded with the same radius where the way turns. */
export interface WayShape {
  readonly points: readonly (readonly [x: number, z: number])[];
  readonly radius: number;
  readonly closed: boolean;
}

/** Where something on a way is. `turn` is its heading in degrees about the vertical: 0 looks along x, 90 away from the viewer. */
export interface Pose {
  readonly x: number;
  readonly z: number;
  readonly turn: number;
}

/** A straight piece, or an arc of `sweep` radians (positive is clockwise as seen from above). */
interface Piece {
  readonly s0: number;
  readonly length: number;
  readonly x: number;
  readonly z: number;
  readonly dx: number;
  readonly dz: number;
  readonly sweep: number;
  readonly turn: number;
}

const TURN = 6.283185307179586;
const cosine = (turns: number): number => sine(turns + 0.25);

/** arctan of a number from 0 up, bit-stable: halves the angle twice, then sums the series. */
function arctangent(x: number): number {
  const halved = (y: number) => y / (1 + Math.sqrt(1 + y * y));
  const y = halved(halved(halved(x)));
  let sum = 0;
  let power = y;
  for (let k = 1; k < 40; k += 2) {
    sum += (k % 4 === 1 ? power : -power) / k;
    power *= y * y;
  }
  return 8 * sum;
}

/**
 * A way that carriers or vehicles follow, by metres along it. On a closed way s = 0 is where the first straight begins,
 * right after the rounded first corner, and s wraps around; on an open one s is kept between its ends.
 */
export class Way {
  readonly length: number;
  readonly isClosed: boolean;
  private readonly pieces: Piece[] = [];

  constructor({ points, radius, closed }: WayShape) {
    this.isClosed = closed;
    let s0 = 0;
    const add = (piece: Omit<Piece, 's0'>) => {
      if (piece.length <= 0) return;
      this.pieces.push({ s0, ...piece });
      s0 += piece.length;
    };
    const count = points.length;
    const legs = closed ? count : count - 1;
    const corners = points.map((_, k) =>
      closed || (k > 0 && k < count - 1) ? corner(points, k, radius) : STRAIGHT_ON,
    );
    for (let k = 0; k < legs; k++) {
      const next = (k + 1) % count;
      const leg = direction(points[k], points[next]);
      const from = corners[k].cut;
      const length = leg.length - from - corners[next].cut;
      if (length < -1e-9) throw new RangeError(`A way's corner ${next} needs more room than its legs have.`);
      const [x, z] = points[k];
      const turn = degrees(leg);
      add({ ...leg, length, x: x + leg.dx * from, z: z + leg.dz * from, sweep: 0, turn });
      const { cut, sweep } = corners[next];
      const [cx, cz] = points[next];
      add({ ...leg, length: radius * Math.abs(sweep), x: cx - leg.dx * cut, z: cz - leg.dz * cut, sweep, turn });
    }
    this.length = s0;
  }

  /** s brought onto the way: wrapped around a closed one, kept between the ends of an open one. */
  onto(s: number): number {
    if (!this.isClosed) return Math.min(Math.max(s, 0), this.length);
    const wrapped = s - Math.floor(s / this.length) * this.length;
    return wrapped < this.length ? wrapped : 0;
  }

  at(s: number): Pose {
    const on = this.onto(s);
    let k = this.pieces.length - 1;
    while (k > 0 && this.pieces[k].s0 > on) k -= 1;
    const { s0, length, x, z, dx, dz, sweep, turn } = this.pieces[k];
    const along = on - s0;
    if (sweep === 0) return { x: x + dx * along, z: z + dz * along, turn };
    const radius = length / Math.abs(sweep);
    const swept = (sweep * along) / length;
    const side = (1 - cosine(swept / TURN)) * (sweep < 0 ? -radius : radius);
    const ahead = sine(Math.abs(swept) / TURN) * radius;
    return { x: x + dx * ahead - dz * side, z: z + dz * ahead + dx * side, turn: turn - (swept * 360) / TURN };
  }
}

const STRAIGHT_ON = { cut: 0, sweep: 0 };

function direction([x1, z1]: readonly [number, number], [x2, z2]: readonly [number, number]) {
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (z2 - z1) * (z2 - z1));
  if (!(length > 0)) throw new RangeError('Two corners of a way lie at the same place.');
  return { length, dx: (x2 - x1) / length, dz: (z2 - z1) / length };
}

/** The heading of a leg: 0 along x, 90 away from the viewer, from -180 to 180. */
function degrees({ dx, dz }: { dx: number; dz: number }): number {
  const [ahead, aside] = [Math.abs(dx), Math.abs(dz)];
  const steep = ahead >= aside ? arctangent(aside / ahead) : TURN / 4 - arctangent(ahead / aside);
  const fromX = (steep * 360) / TURN;
  const heading = dx < 0 ? 180 - fromX : fromX;
  return dz > 0 ? -heading : heading;
}

/** How much of both legs a rounded corner takes, and how far it turns. */
function corner(points: WayShape['points'], k: number, radius: number) {
  const count = points.length;
  const before = direction(points[(k + count - 1) % count], points[k]);
  const after = direction(points[k], points[(k + 1) % count]);
  const cross = before.dx * after.dz - before.dz * after.dx;
  const dot = before.dx * after.dx + before.dz * after.dz;
  if (dot < -0.999999) throw new RangeError(`A way turns back on itself at corner ${k}.`);
  const tangent = Math.sqrt(Math.max(0, (1 - dot) / (1 + dot)));
  const sweep = 2 * arctangent(tangent);
  return { cut: radius * tangent, sweep: cross < 0 ? -sweep : sweep };
}
