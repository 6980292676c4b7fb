import { field, type NumberField, type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { count } from '#simulator/plant/parameters.ts';
import type { PlantSite, Station } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import type { Unit } from '#simulator/plant/unit.ts';

const interval = (path: string, unit: string, max: number, en: string, sv: string): NumberField => ({
  ...count({ fallback: 0, max, shown: { path, ...text(en, sv) } }, unit),
  lane: 'u32',
});

/** When a machine is to be serviced: after so many hours of work, or so many parts, since the last service or repair. */
export class ServicePlan extends record({
  serviceHours: interval(
    'Service.Hours',
    'h',
    100_000,
    'Hours of work between two services; 0 is none',
    'Arbetstimmar mellan två servicetillfällen; 0 är ingen',
  ),
  serviceParts: interval(
    'Service.Parts',
    '1',
    1_000_000,
    'Parts between two services; 0 is none',
    'Detaljer mellan två servicetillfällen; 0 är ingen',
  ),
  /** Seconds of work, and parts made, until the last service or repair. */
  workedS: u32(),
  made: u32(),
}) {
  private readonly station: Station;

  constructor(site: PlantSite) {
    super(site);
    this.station = site.station;
  }

  isDue(unit: Unit, t: number): boolean {
    const { serviceHours, serviceParts } = this;
    if (serviceHours > 0 && unit.executingUs(t) - this.workedS * SECOND >= serviceHours * HOUR) return true;
    return serviceParts > 0 && this.madeNow - this.made >= serviceParts;
  }

  /** The machine has been serviced or repaired. */
  renew(unit: Unit, t: number): void {
    this.workedS = Math.floor(unit.executingUs(t) / SECOND);
    this.made = this.madeNow;
  }

  private get madeNow(): number {
    return this.station.production?.made ?? 0;
  }
}

export const servicePlan = (): ObjectField<ServicePlan> => field((site) => new ServicePlan(site as PlantSite));
