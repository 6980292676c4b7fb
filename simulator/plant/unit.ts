import { type ObjectField, field, record } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { ledger } from '#simulator/kernel/ledger.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type Signal, signal } from './signal.ts';

/** Why a unit is as it is. The first three are those of a unit that runs; in the others it takes no parts. */
export const Reason = { Starved: 0, Executing: 1, Blocked: 2, Failed: 3, Repair: 4, Held: 5, Stopped: 6 } as const;
const COUNT = Object.keys(Reason).length;

/** StateNumber of ISA-TR88.00.02 for each reason: Suspended, Execute, Suspended, Aborted, Clearing, Held, Stopped. */
const PACKML = [5, 6, 5, 9, 1, 11, 2] as const;

/** The state of a PackML unit with its reason, and the time spent in each. */
export class Unit extends record({ ledger: ledger(COUNT), stateChanged: event('StateChanged') }) {
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

  downUs(t: number): number {
    return this.ledger.timeInUs(Reason.Failed, t) + this.ledger.timeInUs(Reason.Repair, t);
  }

  executingUs(t: number): number {
    return this.ledger.timeInUs(Reason.Executing, t);
  }
}

export const unit = (): ObjectField<Unit> => field((site) => new Unit(site));

export const unitSignals = (unit: Unit): Signal[] => [
  signal('State', '1', () => PACKML[unit.reason]),
  signal('Reason', '1', () => unit.reason),
  signal('TimeInState', 's', (t) => (t - unit.ledger.sinceUs) / SECOND),
  signal('ExecutingTime', 's', (t) => unit.executingUs(t) / SECOND),
  signal('DownTime', 's', (t) => unit.downUs(t) / SECOND),
  signal('Utilisation', '%', (t) => (100 * unit.executingUs(t)) / Math.max(1, t)),
];
