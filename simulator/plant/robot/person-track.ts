import { f64, record, type Site, u32 } from '#simulator/kernel/fields.ts';
import { hash, keyOf, type Seeded, seededKeys, uniform } from '#simulator/kernel/random.ts';
import { HOUR, NEVER, SECOND } from '#simulator/kernel/time.ts';

/** Where a person comes into sight and is lost from it, in metres from the nearest place that the arm reaches. */
export const FAR_M = 8;

/**
 * A person who comes by now and then: walks up straight to some distance, stays, and goes back. All of a visit follows
 * from the seed and its number; only when it begins is remembered.
 */
export class PersonTrack
  extends record({ keyA: u32(), keyB: u32(), visit: u32(), comesUs: f64(NEVER), endedUs: f64() })
  implements Seeded
{
  private readonly key: number;

  constructor(site: Site) {
    super(site);
    this.key = keyOf(site.path);
    site.kernel.seeded.push(this);
  }

  seed(high: number, low: number): void {
    Object.assign(this, seededKeys(this.key, high, low));
  }

  /** Plans the present visit, unless it has begun. The time between two visits varies by half around what the rate says. */
  plan(perHour: number, t: number): void {
    if (t >= this.comesUs) return;
    const gapUs = perHour > 0 ? Math.round((HOUR / perHour) * (0.5 + this.luck(0))) : NEVER;
    this.comesUs = Math.max(t, this.endedUs + gapUs);
  }

  /** The visit is over: the next one is planned. */
  end(perHour: number, t: number): void {
    this.visit += 1;
    this.endedUs = t;
    this.comesUs = NEVER;
    this.plan(perHour, t);
  }

  /** Metres to the nearest place that the arm reaches. */
  distanceM(t: number): number {
    const { comesUs, leavesUs } = this;
    if (!(t > comesUs && t < leavesUs)) return FAR_M;
    const walkedM = (this.mPerS * Math.min(t - comesUs, leavesUs - t)) / SECOND;
    return Math.max(this.nearestM, FAR_M - walkedM);
  }

  /** As seen from the arm, in degrees: 0 is straight ahead, to the loop. */
  get bearingDeg(): number {
    return 90 + 180 * this.luck(4);
  }

  get nearestM(): number {
    return 0.4 + 5 * this.luck(1);
  }

  get leavesUs(): number {
    const walkUs = Math.ceil(((FAR_M - this.nearestM) / this.mPerS) * SECOND);
    return this.comesUs + 2 * walkUs + Math.round((4 + 20 * this.luck(3)) * SECOND);
  }

  /** When, after it has come or before it has left, the visit passes a distance. */
  passUs(distanceM: number): number {
    return Math.ceil((Math.max(0, FAR_M - distanceM) / this.mPerS) * SECOND);
  }

  private get mPerS(): number {
    return 0.8 + 0.7 * this.luck(2);
  }

  private luck(which: number): number {
    return uniform(hash(this.keyA, this.keyB, this.visit * 8 + which));
  }
}
