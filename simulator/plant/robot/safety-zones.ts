import { timer } from '#simulator/kernel/calendar.ts';
import { field, record, type Site, u8 } from '#simulator/kernel/fields.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { text } from '#simulator/plant/texts.ts';
import { PersonTrack } from './person-track.ts';

/** How near somebody is: in none of the zones, or in one and thereby in those around it. */
export const Zone = { Clear: 0, Warning: 1, Slow: 2, Stop: 3 } as const;

const distance = (fallback: number, path: string, en: string, sv: string, around?: string) =>
  quantity('m', {
    ...{ fallback, min: 0, max: 7.5 },
    shown: { path, ...text(en, sv), ...(around !== undefined && { atMost: { path: around } }) },
  });

/**
 * Zones around a robot that a laser scanner watches, and the person who walks there. Something happens only when the
 * person passes the border of a zone or goes out of sight; in between all follows from the track.
 */
export class SafetyZones extends record({
  warningM: distance(
    3.5,
    'Safety.WarningDistance',
    'Distance of a person at which the robot warns',
    'Avstånd till en person då roboten varnar',
  ),
  slowM: distance(
    2.2,
    'Safety.SlowDistance',
    'Distance of a person at which the robot slows down',
    'Avstånd till en person då roboten saktar in',
    'Safety.WarningDistance',
  ),
  stopM: distance(
    0.9,
    'Safety.StopDistance',
    'Distance of a person at which the robot stops',
    'Avstånd till en person då roboten stannar',
    'Safety.SlowDistance',
  ),
  visitsPerHour: quantity('/h', { fallback: 4, max: 60 }),
  zone: u8(),
  passes: timer(),
}) {
  readonly person: PersonTrack;
  /** The person has come into another zone. */
  passed: (t: number) => void = () => {};

  constructor(site: Site) {
    super(site);
    this.person = new PersonTrack({ ...site, path: `${site.path}.person` });
    this.passes.connect<SafetyZones>(this, (zones, t) => {
      zones.adjust(t);
      zones.passed(t);
    });
  }

  /** Lets the zone follow the track and the parameters, and looks for what comes next. */
  adjust(t: number): void {
    const { person } = this;
    if (t >= person.leavesUs) person.end(this.visitsPerHour, t);
    else person.plan(this.visitsPerHour, t);
    this.zone = this.isWithin(this.stopM, t)
      ? Zone.Stop
      : this.isWithin(this.slowM, t)
        ? Zone.Slow
        : this.isWithin(this.warningM, t)
          ? Zone.Warning
          : Zone.Clear;
    this.passes.at(this.nextUs(t));
  }

  private isWithin(distanceM: number, t: number): boolean {
    const { person } = this;
    const passUs = person.passUs(distanceM);
    return person.nearestM < distanceM && t >= person.comesUs + passUs && t < person.leavesUs - passUs;
  }

  private nextUs(t: number): number {
    const { leavesUs } = this.person;
    return Math.min(
      leavesUs,
      this.passesUs(this.warningM, t),
      this.passesUs(this.slowM, t),
      this.passesUs(this.stopM, t),
    );
  }

  /** When the person next passes a distance on this visit. */
  private passesUs(distanceM: number, t: number): number {
    const { person } = this;
    const { comesUs, leavesUs, nearestM } = person;
    if (nearestM >= distanceM) return Infinity;
    const passUs = person.passUs(distanceM);
    if (comesUs + passUs > t) return comesUs + passUs;
    return leavesUs - passUs > t ? leavesUs - passUs : Infinity;
  }
}

export const safetyZones = () => field((site) => new SafetyZones(site));
