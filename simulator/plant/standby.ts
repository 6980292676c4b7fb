import { field, type ObjectField, record } from '#simulator/kernel/fields.ts';
import type { Control } from './control.ts';
import { shortDuration, shownChoice } from './parameters.ts';
import { Reason } from './reasons.ts';
import { text } from './texts.ts';

const NEVER = 0; // index of the word in `when`

/**
 * The idle policy of a machine: after it has waited for some time, for a part or for room, it goes to standby (ISO
 * 14955-1), where it draws little and cools. It must wake before it works again, which takes its time.
 */
export class Standby extends record({
  when: shownChoice(
    { path: 'Standby.When', ...text('When it goes to standby', 'När den går till viloläge') },
    ...['never', 'waiting'],
  ),
  afterUs: shortDuration({
    ...{ fallback: 120, min: 5 },
    shown: {
      path: 'Standby.After',
      ...text('How long it waits before it goes to standby', 'Hur länge den väntar innan den går till viloläge'),
    },
  }),
  wakeTime: shortDuration({ fallback: 6, min: 0.1 }),
}) {
  /** Set by its owner. */
  control!: Control;

  get isOn(): boolean {
    return this.control.standing.isStandby === 1;
  }

  /** The machine has entered a reason. The time until standby counts from when it begins to wait. */
  watch(t: number): void {
    if (this.when === NEVER && !this.isOn) return;
    const { standing, passed, isWaiting } = this.control;
    if (!isWaiting) {
      passed.cancel();
      if (this.isOn) standing.standBy(0, t);
    } else if (!this.isOn && this.when !== NEVER) passed.at(t + this.afterUs);
  }

  /** The policy may have changed: it counts as if the machine began to wait now. */
  adjust(t: number): void {
    const { passed, isWaiting } = this.control;
    if (!isWaiting) return;
    if (this.isOn) {
      if (this.when === NEVER) this.wake(t);
      return;
    }
    passed.cancel();
    this.watch(t);
  }

  /** Gets ready for work, and goes on then. */
  wake(t: number): void {
    this.control.enter(Reason.Waking, t);
    this.control.passed.at(t + this.wakeTime);
  }
}

export const standby = (): ObjectField<Standby> => field((site) => new Standby(site));
