import type { ClockState } from '#contract/clock.ts';
import type { EventMessage } from '#contract/mqtt-messages.ts';
import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { Beat, phaseOf } from './beat.ts';
import { ClockMessages } from './clock-messages.ts';
import type { Interest, Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { MotionMessages } from './motion-messages.ts';
import { plantTime } from './payloads.ts';
import { SignalSender } from './signal-sender.ts';
import { EdgeNode } from './sparkplug/edge-node.ts';
import type { EdgeNames } from './sparkplug/edge-topics.ts';
import { StationMessages } from './station-messages.ts';
import type { TopicTable } from './topic-table.ts';
import { VehicleReports } from './vda5050/vehicle-reports.ts';
import type { VehicleName } from './vda5050/vehicle-topics.ts';

export type Publish = (topic: string, payload: string | Uint8Array, qos: Qos) => void;

/** While a cell hurries it comes to a new time far more often than a reader can follow. */
const HURRY_MS = 100;

export interface PublisherOptions {
  readonly cell: LiveCell;
  readonly table: TopicTable;
  readonly interest: Interest;
  readonly limits: MqttLimits;
  /** Wall time in ms, for rates only. */
  readonly now: () => number;
  readonly publish: Publish;
  /** How the line is called in Sparkplug and VDA 5050 where that is not what its topics say. */
  readonly identity?: LineIdentity;
}

export interface LineIdentity {
  readonly edge: EdgeNames;
  readonly bdSeq: number;
  readonly vehicles: readonly VehicleName[];
}

/**
 * Sends what is wanted of a cell's life, as it happens. It is told of every step of the cell, ten times a second for each
 * cell, so that what somebody wants is looked up when that changes and not each time.
 */
export class LivePublisher implements CellListener {
  readonly signals: SignalSender;
  readonly edge: EdgeNode;
  readonly vehicles: readonly VehicleReports[];
  private readonly clock: ClockMessages;
  private readonly moving: MotionMessages;
  private stations: readonly StationMessages[] = [];
  private heardVehicles: readonly VehicleReports[] = [];
  /** Something must be looked at at every step, and not only when its time has come. */
  private isWatching = false;
  private readonly stationBeat: Beat;
  private readonly edgeBeat: Beat;
  private stepMs = -Infinity;
  /** Before then a new time of the cell means nothing to anybody. */
  private nextMs = -Infinity;
  private later: NodeJS.Timeout | undefined;

  constructor(private readonly options: PublisherOptions) {
    const { cell, limits, interest, table, identity } = options;
    const phase = phaseOf(cell.id);
    this.stationBeat = new Beat(limits.stationMs, phase);
    this.edgeBeat = new Beat(limits.stationMs, phase);
    this.clock = new ClockMessages(options, phase);
    this.moving = new MotionMessages(options);
    this.signals = new SignalSender(options);
    this.edge = new EdgeNode({ ...options, ...(identity && { names: identity.edge, bdSeq: identity.bdSeq }) });
    const qosOf = (topic: string) => interest.qosOf(topic);
    const vehicles = identity?.vehicles ?? table.vehicles;
    this.vehicles = vehicles.map((vehicle) => new VehicleReports(vehicle, { ...options, qosOf }));
  }

  /** Somebody wants something else now. `fresh` are the signals that nobody wanted before. */
  wantedChanged(fresh: readonly number[]): void {
    const { table, interest } = this.options;
    const known = new Map(this.stations.map((messages) => [messages.place, messages]));
    this.stations = interest.of('station').flatMap((place) => {
      const topic = table.topics[place];
      return topic.kind === 'station' ? [known.get(place) ?? new StationMessages(topic.station, place)] : [];
    });
    this.heardVehicles = this.vehicles.filter((vehicle) => vehicle.wantedChanged());
    this.moving.wantedChanged();
    this.clock.wantedChanged();
    this.signals.beginWith(fresh);
    this.nextMs = -Infinity;
    const { named, swept } = interest;
    this.isWatching = named.length > 0 || swept.length > 0 || this.moving.isWanted || this.heardVehicles.length > 0;
  }

  /** Whether a new time of the cell means nothing to anybody. */
  get isIdle(): boolean {
    return !this.isWatching && this.stations.length === 0 && !this.clock.isWanted && !this.edge.isAlive;
  }

  /** Most steps of a cell come between two messages. */
  isDue(nowMs: number): boolean {
    return !(nowMs < this.nextMs);
  }

  advanced(nowUs: number): void {
    const { stations, clock, edge, isWatching } = this;
    const nowMs = this.options.now();
    const stationsDue = this.stationBeat.isDue(nowMs) && stations.length > 0;
    const edgeDue = this.edgeBeat.isDue(nowMs) && edge.isAlive;
    if (stationsDue) this.sendStations(nowUs);
    if (edgeDue) edge.data();
    if (isWatching && !this.isTooSoon(nowMs)) this.watch(nowUs);
    clock.advanced(nowMs);
    this.nextMs = isWatching || clock.isWanted ? -Infinity : this.stationBeat.nextMs;
  }

  happened({ t, event, value }: Happening): void {
    const { cell, table, interest } = this.options;
    if (interest.isEmpty) return;
    this.sendIfWanted(table.eventTopic(event), () => {
      const message: EventMessage = { t: plantTime(cell, t), event, value };
      return JSON.stringify(message);
    });
  }

  commanded(): void {
    this.sendLater();
  }

  clockChanged(clock: ClockState): void {
    this.clock.changed(clock);
    this.sendLater();
  }

  /** For topics that come and go: the payload is made only if someone listens. */
  sendIfWanted(topic: string, payload: () => string): void {
    const qos = this.options.interest.qosOf(topic);
    if (qos !== undefined) this.options.publish(topic, payload(), qos);
  }

  /** The cell goes: its edge node dies, its vehicles are off line. */
  leave(): void {
    this.edge.die();
    for (const vehicle of this.vehicles) vehicle.leave('OFFLINE');
  }

  close(): void {
    this.signals.close();
    clearTimeout(this.later);
    this.later = undefined;
  }

  /** What has just changed is told when its time comes also if the line goes no further: it may be paused. */
  private sendLater(): void {
    const { cell, limits } = this.options;
    if (this.stations.length === 0 && !this.edge.isAlive) return;
    this.later ??= setTimeout(() => {
      this.later = undefined;
      this.sendStations(cell.clock.simUs);
      this.edge.data();
    }, limits.stationMs).unref();
  }

  private watch(nowUs: number): void {
    this.signals.send();
    this.moving.advanced(nowUs);
    for (const vehicle of this.heardVehicles) vehicle.advanced();
  }

  private isTooSoon(nowMs: number): boolean {
    const isHurrying = this.options.cell.clock.runUntilUs !== undefined;
    if (isHurrying && nowMs - this.stepMs < HURRY_MS) return true;
    this.stepMs = nowMs;
    return false;
  }

  private sendStations(nowUs: number): void {
    const { cell, interest, publish } = this.options;
    for (const messages of this.stations) {
      const payload = messages.next(cell, nowUs);
      if (payload !== undefined) publish(messages.station.topic, payload, interest.qosAt(messages.place));
    }
  }
}
