export const GOOD = 'Good';
/** Statuses of OPC 10000-4 and 10000-8 that a sample may have beside Good. */
export type SampleStatus = 'UncertainLastUsableValue' | 'UncertainEngineeringUnitsExceeded' | 'BadNoCommunication';

/** One value of a signal and the plant instant, in microseconds, for which it was computed. */
export interface Sample {
  readonly tUs: number;
  readonly value: number;
  /** Good without it. With a bad one, `value` is the last that was usable. */
  readonly status?: SampleStatus;
  /** What the device says of the instant, if its clock is wrong. */
  readonly stampUs?: number;
  /** How often it is sent; once without it. */
  readonly copies?: number;
}
