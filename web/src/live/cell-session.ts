import type { CellView, SignalView, StationView } from '#contract/cell-view.ts';
import type { Me } from '#contract/participant.ts';
import { topicOfPath } from '#contract/topic.ts';
import { answerBook } from './answer-book.ts';
import { call } from './api.ts';
import { readMessage } from './message.ts';
import { MotionBook } from './motion-book.ts';
import { PlantClock } from './plant-clock.ts';
import { qualityOf } from './quality.ts';
import { SignalStore } from './signal-store.ts';
import { stateSignalOf } from './station-state.ts';
import { Wire } from './wire.ts';

/** Everything live about one cell while its workspace is open. */
export class CellSession {
  readonly signals = new SignalStore();
  readonly motion = new MotionBook();
  readonly clock: PlantClock;
  readonly wire: Wire;
  /** What parts of the workspace want to find again; see use-kept.ts. */
  readonly kept = new Map<string, unknown>();
  private readonly byPath: ReadonlyMap<string, SignalView>;
  private readonly closers: (() => void)[] = [];

  /** `look` is called when the wire is lost and when it is back: the participant's cell may be another one by then. */
  constructor(
    readonly me: Me,
    readonly cell: CellView,
    look: () => void,
  ) {
    this.clock = new PlantClock(cell.clock);
    this.byPath = new Map(cell.signals.map((signal) => [signal.path, signal]));
    answerBook.serverMs = this.clock.serverMs;
    this.wire = new Wire(me.id, look, () => {
      void this.refreshClock();
      look();
    });
    this.wire.follow(this.topic('Clock'), (_, payload) => {
      const state = readMessage('clock', payload);
      if (!state) return;
      if (state.run !== this.clock.state.run) this.signals.clear();
      this.clock.set(state);
    });
  }

  topic(rest: string): string {
    return `${this.cell.topicPrefix}/${rest}`;
  }

  findStation(id: string): StationView | undefined {
    return this.cell.stations.find((station) => station.id === id);
  }

  findSignal(path: string): SignalView | undefined {
    return this.byPath.get(path);
  }

  signalsOf(station: string): readonly SignalView[] {
    return this.cell.signals.filter((signal) => signal.station === station);
  }

  /** Stations that have something to show: machines, and what stands nowhere, as crew, orders and shifts. */
  get stationsWithSignals(): readonly StationView[] {
    const ids = new Set(this.cell.signals.map(({ station }) => station));
    return this.cell.stations.filter(({ id }) => ids.has(id));
  }

  /** Stations that have a PackML state, in the order of the definition. */
  get stationsWithState(): readonly StationView[] {
    return this.cell.stations.filter(({ id }) => this.byPath.has(stateSignalOf(id)));
  }

  /** All signals of a station, at most twice a second, while someone looks at them. */
  followStation(station: string): () => void {
    return this.wire.follow(this.topic(station), (_, payload) => {
      const message = readMessage('station', payload);
      if (!message) return;
      const tMs = Date.parse(message.t);
      for (const [name, value] of Object.entries(message.values)) this.signals.put(`${station}.${name}`, value, tMs);
    });
  }

  /** One signal, as it changes. */
  followSignal(path: string): () => void {
    return this.wire.follow(this.topic(topicOfPath(path)), (_, payload) => {
      const message = readMessage('signal', payload);
      if (message) this.signals.put(path, message.v, Date.parse(message.t), qualityOf(message.q));
    });
  }

  /** The states of all stations, as they change. */
  followStates(): () => void {
    return this.wire.follow(this.topic('+/State/Current'), (topic, payload) => {
      const message = readMessage('signal', payload);
      const path = topic.slice(this.cell.topicPrefix.length + 1).replaceAll('/', '.');
      if (message) this.signals.put(path, message.v, Date.parse(message.t));
    });
  }

  /** What moves and how. */
  followMotion(): () => void {
    const leaveSnapshot = this.wire.follow(this.topic('motion/snapshot'), (_, payload) => {
      const segments = readMessage('motion', payload);
      if (segments) this.motion.snapshot(segments);
    });
    const leaveChanges = this.wire.follow(this.topic('motion'), (_, payload) => {
      const segments = readMessage('motion', payload);
      if (segments) this.motion.update(segments);
    });
    return () => {
      leaveSnapshot();
      leaveChanges();
    };
  }

  /** Reads the clock anew, which also tells how far our wall clock is from the server's. */
  async refreshClock(): Promise<void> {
    const state = await call('clock', { params: { cell: this.cell.id } }).catch(() => undefined);
    if (state) this.clock.set(state, true);
  }

  /** Calls `closer` when the workspace leaves this line. */
  onClose(closer: () => void): void {
    this.closers.push(closer);
  }

  close(): void {
    this.wire.close();
    for (const closer of this.closers) closer();
  }
}
