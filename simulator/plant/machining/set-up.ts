import { timer } from '#simulator/kernel/calendar.ts';
import { type ObjectField, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { changeoverUs } from '#simulator/plant/parts/recipes.ts';
import { VARIANT_WORDS } from '#simulator/plant/parts/variants.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';

/** Which variant a station is set up for, and how it comes to the next one. */
export class SetUp extends record({
  variant: u8(),
  isBusy: u8(),
  changeovers: u32(),
  finished: timer(),
  done: event('ChangeoverDone'),
}) {
  constructor(site: PlantSite) {
    super(site);
    this.finished.connect<SetUp>(this, (setUp, t) => {
      setUp.isBusy = 0;
      setUp.done.raise(t, setUp.changeovers);
      (site.station.self as { cycle: WorkCycle }).cycle.retry(t);
    });
  }

  /** Whether a part of that variant can begin; if not, the changeover to it begins, or goes on. */
  isFor(variant: number, t: number): boolean {
    if (this.isBusy === 1) return false;
    if (variant === this.variant) return true;
    this.finished.at(t + changeoverUs(this.variant, variant));
    this.variant = variant;
    this.isBusy = 1;
    this.changeovers += 1;
    return false;
  }

  signals(): Signal[] {
    return [
      held('SetUp.Variant', '1', () => this.variant + 1, {
        ...text(
          'Variant that the station is set up for, or is being set up for',
          'Variant som stationen är riggad för',
        ),
        type: 'Int32',
        range: [0, 9],
        words: VARIANT_WORDS,
      }),
      held('Counter.Changeovers', '1', () => this.changeovers, {
        ...text('Changeovers to another variant since the start', 'Omställningar till en annan variant sedan start'),
        range: [0, 1e6],
      }),
    ];
  }
}

export const setUp = (): ObjectField<SetUp> => plantField((site) => new SetUp(site));
