/**
 * How something goes up and down over one pass from 0 to 1: straight lines between points. Its integral is known in
 * closed form, so that a power that follows it gives an exact energy.
 */
export class Profile {
  private readonly sums: number[] = [0];

  constructor(private readonly points: readonly (readonly [progress: number, level: number])[]) {
    for (let k = 1; k < points.length; k++) {
      const [p0, y0] = points[k - 1];
      const [p1, y1] = points[k];
      this.sums.push(this.sums[k - 1] + ((p1 - p0) * (y0 + y1)) / 2);
    }
  }

  at(p: number): number {
    const k = this.pieceAt(p);
    const [p0, y0] = this.points[k];
    const [p1, y1] = this.points[k + 1];
    return y0 + ((y1 - y0) * (p - p0)) / (p1 - p0);
  }

  /** Area from 0 to p. */
  upTo(p: number): number {
    if (p <= 0) return 0;
    if (p >= 1) return this.sums[this.sums.length - 1];
    const k = this.pieceAt(p);
    return this.sums[k] + ((p - this.points[k][0]) * (this.points[k][1] + this.at(p))) / 2;
  }

  /** As `at`, but resting at the points and smooth between them, as axes move. */
  easedAt(p: number): number {
    const k = this.pieceAt(p);
    const [p0, y0] = this.points[k];
    const [p1, y1] = this.points[k + 1];
    const u = (p - p0) / (p1 - p0);
    return y0 + (y1 - y0) * u * u * (3 - 2 * u);
  }

  private pieceAt(p: number): number {
    const { points } = this;
    let k = 0;
    while (k < points.length - 2 && points[k + 1][0] <= p) k += 1;
    return k;
  }
}

/** Points from progress 0 to progress 1. What begins and ends at the same level does not jump from one pass to the next. */
export const profile = (...points: readonly (readonly [progress: number, level: number])[]): Profile =>
  new Profile(points);

export const FLAT = profile([0, 1], [1, 1]);
