/** What moves from s0 (m along `path`) at v (m/s) from t0 to t1 (plant time, us). At rest, v is 0 and t1 is t0. */
export interface Motion {
  /** Way of the definition. */
  readonly path: string;
  readonly s0: number;
  readonly v: number;
  readonly t0: number;
  readonly t1: number;
  /** What it carries: the variant of a part (`P1`), `core`, `cartons`; absent when empty. */
  readonly load?: string;
}

/** A carrier or vehicle: where it is and where it goes, as known at time t. Undefined while it is nowhere to be seen. */
export interface MotionSource {
  readonly id: string;
  segment(t: number): Motion | undefined;
}

export interface MotionSegment extends Motion {
  readonly id: string;
}
