import { f64, record, u32 } from './fields.ts';

/** When something last happened to a station, and how often anything did: where its samples and their versions come from. */
export class Touch extends record({ lastUs: f64(), count: u32() }) {
  mark(t: number): void {
    this.lastUs = t;
    this.count += 1;
  }
}
