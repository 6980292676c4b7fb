import { f64, field, type ObjectField, record, type Site, u32 } from '#simulator/kernel/fields.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type Network, readNetwork } from './network-zones.ts';

/** What flows through the conduits of a network: a bit for each that is allowed, and what each has carried. */
export class Traffic extends record({ allowed: u32(), sinceUs: f64() }) {
  readonly plan: Network;
  private readonly carriedAt: number;

  constructor(site: Site) {
    super(site);
    const { kernel, settings, path } = site;
    this.plan = readNetwork(settings.get('zones'), settings.get('conduits'));
    this.carriedAt = kernel.layout.take('f64', this.plan.conduits.length, `${path}.carried`);
  }

  start(t: number): void {
    this.sinceUs = t;
    this.plan.conduits.forEach(({ isAllowed }, k) => (this.allowed |= (isAllowed ? 1 : 0) << k));
  }

  /** 1 or 0. */
  isAllowed(conduit: number): number {
    return (this.allowed >>> conduit) & 1;
  }

  /** Messages a second. */
  rate(conduit: number): number {
    return this.plan.conduits[conduit].perS * this.isAllowed(conduit);
  }

  /** Messages since the start; not whole, as its rate is a mean. */
  carried(conduit: number, t: number): number {
    return this.f64[this.carriedAt + conduit] + this.rate(conduit) * ((t - this.sinceUs) / SECOND);
  }

  /** So many more messages than its mean rate gives, at this instant. */
  count(conduit: number, messages: number): void {
    this.f64[this.carriedAt + conduit] += messages;
  }

  sum(of: (conduit: number) => number): number {
    return this.plan.conduits.reduce((sum, _, conduit) => sum + of(conduit), 0);
  }

  /** Allows what is denied, denies what is allowed. */
  turn(conduit: number, t: number): void {
    const totals = this.plan.conduits.map((_, k) => this.carried(k, t));
    totals.forEach((total, k) => (this.f64[this.carriedAt + k] = total));
    this.sinceUs = t;
    this.allowed ^= 1 << conduit;
  }
}

export const traffic = (): ObjectField<Traffic> => field((site) => new Traffic(site));
