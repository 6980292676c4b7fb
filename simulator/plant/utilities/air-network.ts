import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { plantField, type Station } from '#simulator/plant/station.ts';

const AMBIENT_BAR = 1.01325;
const AMBIENT_K = 293.15;
/** Of air, in J/(kg K), and its ratio of specific heats. */
const GAS_CONSTANT = 287.05;
const KAPPA = 1.4;
/** Discharge coefficient of a sharp-edged hole. */
const CD = 0.65;
const SQUARE_MM = 1e-6;
/** Below it the flow is no longer that of sound. */
const CRITICAL_BAR = 0.905;

/**
 * Free air (20 Cel, 1.013 bar) in l/s through a round hole of a pipe at a pressure above ambient in bar. Choked flow,
 * ISO 6358-1:2013 and any textbook of gas dynamics: m = Cd A p sqrt(kappa / (R T)) (2 / (kappa + 1))^((kappa + 1) /
 * (2 (kappa - 1))), whose exponent is 3 for air. 3 mm at 7 bar(g) let out 7.2 l/s.
 */
export function leakLps(holeMm: number, bar: number): number {
  if (bar <= 0) return 0;
  const areaM2 = 0.7853981633974483 * holeMm * holeMm * SQUARE_MM;
  const share = 2 / (KAPPA + 1);
  const perPascal = Math.sqrt(KAPPA / (GAS_CONSTANT * AMBIENT_K)) * share * share * share;
  const kgPerS = CD * areaM2 * (bar + AMBIENT_BAR) * 1e5 * perPascal;
  const kgPerL = (AMBIENT_BAR * 1e5) / (GAS_CONSTANT * AMBIENT_K) / 1000;
  return (Math.min(1, bar / CRITICAL_BAR) * kgPerS) / kgPerL;
}

/** Something that draws air while it executes. */
interface Consumer {
  readonly lps: number;
  readonly cycle: Cycle;
}
interface Cycle {
  readonly isWorking: boolean;
  readonly control: { readonly unit: { executingUs(t: number): number } };
}

/** Who draws compressed air. What they have drawn follows from how long they have executed, so nothing is counted along. */
export class AirConsumers {
  private readonly consumers: Consumer[] = [];

  add({ path, self }: Station, lps: unknown): void {
    const { cycle } = self as { cycle?: Cycle };
    if (cycle === undefined || typeof lps !== 'number' || !(lps >= 0)) {
      const hint = 'Give stations that work in cycles, and l/s of free air while they do: { ST03: 2.4 }.';
      throw new Refusal(`${path} cannot draw ${JSON.stringify(lps)} of air.`, hint, 'out_of_range');
    }
    this.consumers.push({ lps, cycle });
    this.mostLps += lps;
  }

  /** Free air in l/s while all of them work. */
  mostLps = 0;

  /** Free air in litres since the start. */
  usedL(t: number): number {
    let used = 0;
    for (const { lps, cycle } of this.consumers) used += (lps * cycle.control.unit.executingUs(t)) / SECOND;
    return used;
  }

  /** Free air in l/s at this moment. */
  get lps(): number {
    let lps = 0;
    for (const consumer of this.consumers) if (consumer.cycle.isWorking) lps += consumer.lps;
    return lps;
  }
}

/** Those that the definition names under `air`: free air in l/s by station, `{ ST03: 2.4, ST10: 2 }`. */
export const airConsumers = plantField(({ plant, settings }): AirConsumers => {
  const found = new AirConsumers();
  const given = (settings.get('air') ?? {}) as Record<string, unknown>;
  plant.whenComplete(() => {
    for (const [station, lps] of Object.entries(given)) found.add(plant.getStation(station), lps);
  });
  return found;
});
