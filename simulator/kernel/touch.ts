import { f64, record } from './fields.ts';

/** When something last happened to a station: its signals are sampled then. */
export class Touch extends record({ lastUs: f64() }) {
  mark(t: number): void {
    this.lastUs = t;
  }
}
