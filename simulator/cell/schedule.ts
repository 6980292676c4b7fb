import { record, type Site } from '#simulator/kernel/fields.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Clock, Kernel } from '#simulator/kernel/kernel.ts';
import { NEVER } from '#simulator/kernel/time.ts';
import type { Station } from '#simulator/plant/station.ts';
import type { ScenarioCommand } from './command-log.ts';

/** Triggers by a number of parts that a scenario may have. */
export const MOST_TRIGGERS = 6;

/** When each trigger of a scenario came, and how many of its commands have taken effect. */
export class Triggers extends record({}) {
  private readonly usAt: number;
  private readonly doneAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.usAt = layout.take('f64', MOST_TRIGGERS, `${site.path}.atUs`);
    this.doneAt = layout.take('u8', MOST_TRIGGERS, `${site.path}.done`);
    site.kernel.initially(() => this.f64.fill(NEVER, this.usAt, this.usAt + MOST_TRIGGERS));
  }

  atUs(trigger: number): number {
    return this.f64[this.usAt + trigger];
  }

  done(trigger: number): number {
    return this.u8[this.doneAt + trigger];
  }

  come(trigger: number, t: number): void {
    this.f64[this.usAt + trigger] = t;
  }

  advance(trigger: number): void {
    this.u8[this.doneAt + trigger] += 1;
  }
}

/** Commands that wait for a station to have worked on so many parts. */
export interface Trigger {
  readonly station: Station;
  readonly parts: number;
  /** Places of its commands in the schedule, in their order; their `at` counts from the part. */
  readonly places: readonly number[];
}

/** A fault that has begun, and when it was over if it is. */
export interface MetFault {
  readonly fault: string;
  /** Path of the station or the signal. */
  readonly of: string;
  readonly beganUs: number;
  readonly endedUs?: number;
}

/** A fault of a scenario. With a trigger, `atUs` counts from its part. */
export interface ScheduledFault extends Pick<MetFault, 'fault' | 'of'> {
  readonly atUs: number;
  readonly forUs: number;
  readonly trigger: number | undefined;
}

/**
 * What a scenario does and when: commands at plant times, the first ones and in their order, and commands that follow a
 * part. It holds no state: how far a cell has got is in its slab.
 */
export class Schedule {
  /** Whether it must hear of parts. */
  readonly isListening: boolean;
  /** For each trigger the event that it waits for. */
  private readonly awaited: readonly string[];

  constructor(
    readonly commands: readonly ScenarioCommand[],
    private readonly timed: number,
    private readonly triggers: readonly Trigger[],
    private readonly came: Triggers,
    private readonly faults: readonly ScheduledFault[],
  ) {
    this.isListening = triggers.length > 0;
    this.awaited = triggers.map(({ station }) => `${station.path}.PartDone`);
  }

  /** When the next command takes effect in the open slab, for all that is known. */
  dueUs(clock: Clock): number {
    let dueUs = this.timedUs(clock);
    for (let k = 0; k < this.triggers.length; k++) dueUs = Math.min(dueUs, this.triggeredUs(k));
    return dueUs;
  }

  /** Counts the next command as given, and says which it is by its place in `commands`. */
  take(clock: Clock): number {
    const place = this.timedDone(clock);
    let dueUs = this.timedUs(clock);
    let first = -1;
    for (let k = 0; k < this.triggers.length; k++) {
      if (this.triggeredUs(k) >= dueUs) continue;
      dueUs = this.triggeredUs(k);
      first = k;
    }
    clock.scenario += 1;
    if (first < 0) return place;
    this.came.advance(first);
    return this.triggers[first].places[this.came.done(first) - 1];
  }

  /** Something has happened: if it is the part that a trigger waits for, the run ends here, and the command follows. */
  hear({ t, event }: Happening, kernel: Kernel): void {
    for (let k = 0; k < this.triggers.length; k++) {
      if (event !== this.awaited[k] || this.came.atUs(k) !== NEVER) continue;
      const { station, parts } = this.triggers[k];
      if ((station.production?.made ?? 0) < parts) continue;
      this.came.come(k, t);
      kernel.stopAt(t);
    }
  }

  /** What the cell of the open slab has met of it, and nothing that is still to come. */
  metSoFar(clock: Clock): Schedule {
    const triggers = this.triggers.map((trigger, k) => ({
      ...trigger,
      ...(this.came.atUs(k) === NEVER && { parts: Infinity }),
      places: trigger.places.slice(0, this.came.done(k)),
    }));
    return new Schedule(this.commands, this.timedDone(clock), triggers, this.came, this.begunBy(clock.nowUs));
  }

  /** The faults that have begun in the open slab: what an investigation should find. */
  metBy(nowUs: number): MetFault[] {
    return this.faults.flatMap((each) => {
      const beganUs = this.beganUs(each);
      const endedUs = beganUs + each.forUs;
      const { fault, of } = each;
      return beganUs > nowUs ? [] : [{ fault, of, beganUs, ...(endedUs <= nowUs && { endedUs }) }];
    });
  }

  /** As if nothing were still to come, not even an end. */
  private begunBy(nowUs: number): ScheduledFault[] {
    const begun = this.faults.filter((each) => this.beganUs(each) <= nowUs);
    return begun.map((each) => (this.beganUs(each) + each.forUs <= nowUs ? each : { ...each, forUs: NEVER }));
  }

  private beganUs({ atUs, trigger }: ScheduledFault): number {
    return atUs + (trigger === undefined ? 0 : this.came.atUs(trigger));
  }

  private timedDone({ scenario }: Clock): number {
    let done = scenario;
    for (let k = 0; k < this.triggers.length; k++) done -= this.came.done(k);
    return done;
  }

  private timedUs(clock: Clock): number {
    const done = this.timedDone(clock);
    return done < this.timed ? this.commands[done].at : NEVER;
  }

  private triggeredUs(k: number): number {
    const { places } = this.triggers[k];
    const done = this.came.done(k);
    return done < places.length ? this.came.atUs(k) + this.commands[places[done]].at : NEVER;
  }
}
