import type { LiveCell } from '#server/cells/live-cell.ts';
import { CellBroker, type CellBrokerOptions } from './cell-broker.ts';

const SWEEP_MS = 60_000;

type CellBrokersOptions = Omit<CellBrokerOptions, 'cell'>;

/** One broker for each cell that has clients, made for the first and closed after the last. */
export class CellBrokers {
  private readonly brokers = new Map<string, Promise<CellBroker>>();
  private readonly timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();

  constructor(private readonly options: CellBrokersOptions) {}

  get size(): number {
    return this.brokers.size;
  }

  /** Lets `enter` act on the broker of a cell at once, before anything else can happen to it. */
  async enter<R>(cell: LiveCell, enter: (broker: CellBroker) => R): Promise<R> {
    for (;;) {
      const opening = this.brokers.get(cell.id) ?? this.open(cell);
      const broker = await opening;
      if (this.brokers.get(cell.id) !== opening) continue;
      if (broker.run !== cell.clock.run) {
        await this.end(cell.id, opening);
        continue;
      }
      broker.adopt(cell);
      return enter(broker);
    }
  }

  /** Forgets what has been kept for long enough. */
  async sweep(): Promise<void> {
    for (const broker of await Promise.all(this.brokers.values())) broker.sweep();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.brokers].map(([id, broker]) => this.end(id, broker)));
  }

  private open(cell: LiveCell): Promise<CellBroker> {
    const opening: Promise<CellBroker> = CellBroker.open({ ...this.options, cell }, () => {
      void this.end(cell.id, opening);
    });
    this.brokers.set(cell.id, opening);
    return opening;
  }

  private async end(id: string, which: Promise<CellBroker>): Promise<void> {
    if (this.brokers.get(id) === which) this.brokers.delete(id);
    await (await which).close();
  }
}
