/** One value of a signal and the plant instant, in microseconds, for which it was computed. */
export interface Sample {
  readonly tUs: number;
  readonly value: number;
}
