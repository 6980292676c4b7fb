import { TokenBucket } from '#server/cells/token-bucket.ts';
import { signalPayload } from './payloads.ts';
import type { PublisherOptions } from './live-publisher.ts';

const RETRY_MS = 100;
/** No status of a sample: the first one is always news. */
const UNSENT = 'unsent';

/**
 * Sends samples of wanted signals when their value is another one. When more change than the cell may send, those asked
 * for by name go first and the others take turns; each then carries its newest value.
 */
export class SignalSender {
  /** Samples read so far. What nobody wants is never read. */
  reads = 0;
  /** By signal; for lines of whose signals somebody hears. */
  private sent: { versions: Float64Array; values: Float64Array; statuses: (string | undefined)[] } | undefined;
  private readonly budget: TokenBucket;
  private readonly start = { named: 0, swept: 0 };
  private later: NodeJS.Timeout | undefined;

  constructor(private readonly options: PublisherOptions) {
    const { limits, now } = options;
    this.budget = new TokenBucket(limits.signalsPerSecond, limits.signalsPerSecond, now);
  }

  /** A new subscriber is given the newest samples of these; what comes after is sent. */
  beginWith(signals: readonly number[]): void {
    if (signals.length === 0) return;
    const { cell } = this.options;
    const { versions, values, statuses } = (this.sent ??= nothingSent(cell.model.signals.length));
    for (const signal of signals) {
      versions[signal] = cell.version(signal);
      const { value, status } = cell.sample(signal);
      values[signal] = value;
      statuses[signal] = status;
    }
    this.reads += signals.length;
  }

  send(): void {
    const isAll = this.sweep('named') && this.sweep('swept');
    if (!isAll) this.later ??= setTimeout(() => this.retry(), RETRY_MS).unref();
  }

  close(): void {
    clearTimeout(this.later);
  }

  /** From where the budget ended last time. Whether all had their turn. */
  private sweep(which: 'named' | 'swept'): boolean {
    const signals = this.options.interest[which];
    for (let n = 0; n < signals.length; n++) {
      const at = (this.start[which] + n) % signals.length;
      if (this.sendIfNew(signals[at])) continue;
      this.start[which] = at;
      return false;
    }
    return true;
  }

  /** False if it is new and the budget is spent. */
  private sendIfNew(signal: number): boolean {
    const { cell, table, interest, publish } = this.options;
    const { versions, values, statuses } = (this.sent ??= nothingSent(cell.model.signals.length));
    const version = cell.version(signal);
    if (version === versions[signal]) return true;
    this.reads += 1;
    const { value, status, copies = 1 } = cell.sample(signal);
    if (!Object.is(value, values[signal]) || status !== statuses[signal]) {
      if (!this.budget.take()) return false;
      values[signal] = value;
      statuses[signal] = status;
      const payload = signalPayload(cell, signal);
      for (let n = 0; n < copies; n++) publish(table.topics[signal].topic, payload, interest.qosAt(signal));
    }
    versions[signal] = version;
    return true;
  }

  private retry(): void {
    this.later = undefined;
    this.send();
  }
}

const nothingSent = (count: number) => ({
  versions: new Float64Array(count).fill(NaN),
  values: new Float64Array(count),
  statuses: new Array<string | undefined>(count).fill(UNSENT),
});
