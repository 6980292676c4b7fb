import type { Happening } from '#simulator/kernel/journal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { ratio, type TimeElements } from './oee.ts';

/** Reliability of one work unit in a window, in seconds of plant time. A mean of nothing is undefined. */
export interface Reliability {
  /** FE, failure events. A stop by command is none. */
  readonly failures: number;
  /**
   * Mean of the times between failures: from each failure to the next, both in the window. Estimator: the sample mean.
   * ISO 22400-2 divides the sum by FE + 1 instead, which is lower for few failures.
   */
  readonly mtbfS: number | undefined;
  /** Mean planned time in service per failure, (PBT - down) / FE: counts the open ends of the window too. */
  readonly mttfS: number | undefined;
  /**
   * Mean of the times to restore: from failure to back in service, waiting for the crew included, of failures that began
   * and ended in the window. Estimator: the sample mean, again not the FE + 1 of ISO 22400-2.
   */
  readonly mttrS: number | undefined;
}

/** Hears the failures of one station. */
export class FailureLog {
  private failures = 0;
  private lastUs: number | undefined;
  private betweenUs = 0;
  private restored = 0;
  private restoringUs = 0;
  private downSinceUs: number | undefined;

  brokeDown(t: number): void {
    if (this.lastUs !== undefined) this.betweenUs += t - this.lastUs;
    this.failures += 1;
    this.lastUs = this.downSinceUs = t;
  }

  backInService(t: number): void {
    if (this.downSinceUs === undefined) return;
    this.restored += 1;
    this.restoringUs += t - this.downSinceUs;
    this.downSinceUs = undefined;
  }

  summary({ pbtUs, downUs }: TimeElements): Reliability {
    const { failures, restored } = this;
    const meanS = (us: number, n: number) => (n > 0 ? ratio(us, n) / SECOND : undefined);
    return {
      failures,
      mtbfS: meanS(this.betweenUs, failures - 1),
      mttfS: meanS(pbtUs - downUs, failures),
      mttrS: meanS(this.restoringUs, restored),
    };
  }
}

/** Failure logs by station, filled by what is heard. */
export class FailureLogs {
  private readonly byEvent = new Map<string, (t: number) => void>();
  private readonly byStation = new Map<string, FailureLog>();

  constructor(stations: Iterable<string>) {
    for (const id of stations) {
      const log = new FailureLog();
      this.byStation.set(id, log);
      this.byEvent.set(`${id}.BrokeDown`, (t) => log.brokeDown(t));
      this.byEvent.set(`${id}.BackInService`, (t) => log.backInService(t));
    }
  }

  hear({ event, t }: Happening): void {
    this.byEvent.get(event)?.(t);
  }

  of(station: string): FailureLog {
    return this.byStation.get(station) ?? new FailureLog();
  }
}
