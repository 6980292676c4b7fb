import { type ObjectField, field, record } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { ledger } from '#simulator/kernel/ledger.ts';
import { Reason, REASONS } from './reasons.ts';
import type { TimeBook } from './time-book.ts';

/** The state of a PackML unit with its reason, and the time spent in each. */
export class Unit extends record({ ledger: ledger(REASONS.length), stateChanged: event('StateChanged') }) {
  readonly timeBook: TimeBook = { states: REASONS, timeInUs: (state, t) => this.ledger.timeInUs(state, t) };

  get reason(): number {
    return this.ledger.state;
  }

  get isRunning(): boolean {
    return this.ledger.state <= Reason.Blocked;
  }

  begin(t: number): void {
    this.ledger.sinceUs = t;
  }

  /** True if the reason is a new one. */
  enter(reason: number, t: number): boolean {
    if (reason === this.ledger.state) return false;
    this.ledger.enter(reason, t);
    this.stateChanged.raise(t, reason);
    return true;
  }

  executingUs(t: number): number {
    return this.ledger.timeInUs(Reason.Executing, t);
  }
}

export const unit = (): ObjectField<Unit> => field((site) => new Unit(site));
