import type { ClockState } from '#contract/clock.ts';
import type { EventMessage } from '#contract/mqtt-messages.ts';
import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import type { Interest, Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { MotionMessages } from './motion-messages.ts';
import { clockPayload, plantTime } from './payloads.ts';
import { SignalSender } from './signal-sender.ts';
import { EdgeNode } from './sparkplug/edge-node.ts';
import { StationMessages } from './station-messages.ts';
import type { TopicTable } from './topic-table.ts';
import { VehicleReports } from './vda5050/vehicle-reports.ts';

export type Publish = (topic: string, payload: string | Uint8Array, qos: Qos) => void;

const HEARTBEAT_MS = 5000;
const SIM_TIME_MS = 1000;
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
}

/** Sends what is wanted of a cell's life, as it happens. */
export class LivePublisher implements CellListener {
  readonly signals: SignalSender;
  readonly edge: EdgeNode;
  readonly vehicles: readonly VehicleReports[];
  private readonly stations = new Map<number, StationMessages>();
  private readonly moving = new MotionMessages();
  private readonly sentMs = {
    step: -Infinity,
    stations: -Infinity,
    clock: -Infinity,
    simTime: -Infinity,
    edge: -Infinity,
  };

  /** Asked for at every advance, and therefore not put together each time. */
  private readonly motion: { readonly topic: string; readonly snapshot: string };

  constructor(private readonly options: PublisherOptions) {
    const { prefix } = options.table;
    this.motion = { topic: `${prefix}/motion`, snapshot: `${prefix}/motion/snapshot` };
    this.signals = new SignalSender(options);
    this.edge = new EdgeNode(options);
    const qosOf = (topic: string) => options.interest.qosOf(topic);
    this.vehicles = options.table.vehicles.map((vehicle) => new VehicleReports(vehicle, { ...options, qosOf }));
  }

  advanced(nowUs: number): void {
    const { cell, interest } = this.options;
    if (interest.isEmpty) return;
    if (cell.clock.runUntilUs !== undefined && !this.isDue('step', HURRY_MS)) return;
    this.signals.send();
    this.sendStations(nowUs);
    this.sendMotion();
    if (this.edge.isAlive && this.isDue('edge', this.options.limits.stationMs)) this.edge.data();
    for (const vehicle of this.vehicles) vehicle.advanced();
    const isBeat = this.isDue('clock', HEARTBEAT_MS);
    const isSecond = this.isDue('simTime', SIM_TIME_MS);
    if (isBeat || isSecond) this.sendClock(cell.clock, isBeat ? ['all', 'SimTime'] : ['SimTime']);
  }

  happened({ t, event, value }: Happening): void {
    const { cell, table, interest } = this.options;
    if (interest.isEmpty) return;
    this.sendIfWanted(table.eventTopic(event), () => {
      const message: EventMessage = { t: plantTime(cell, t), event, value };
      return JSON.stringify(message);
    });
  }

  clockChanged(clock: ClockState): void {
    this.sentMs.clock = this.sentMs.simTime = this.options.now();
    this.sendClock(clock, ['all', 'SimTime', 'Speed', 'Paused', 'Run']);
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
  }

  private sendStations(nowUs: number): void {
    const { cell, table, interest, limits, publish } = this.options;
    if (!this.isDue('stations', limits.stationMs)) return;
    const wanted = interest.of('station');
    for (const k of this.stations.keys()) if (!wanted.includes(k)) this.stations.delete(k);
    for (const k of wanted) {
      const topic = table.topics[k];
      if (topic.kind !== 'station') continue;
      const messages = this.stations.get(k) ?? new StationMessages(topic.station);
      this.stations.set(k, messages);
      const payload = messages.next(cell, nowUs);
      if (payload !== undefined) publish(topic.topic, payload, interest.qosAt(k));
    }
  }

  private sendMotion(): void {
    const { cell, interest, publish } = this.options;
    const { topic, snapshot: snapshotTopic } = this.motion;
    const [qos, snapshotQos] = [interest.qosOf(topic), interest.qosOf(snapshotTopic)];
    if (qos === undefined && snapshotQos === undefined) {
      this.moving.forget();
      return;
    }
    const { fresh, snapshot } = this.moving.next(cell.motion());
    if (qos !== undefined && fresh !== undefined) publish(topic, fresh, qos);
    if (snapshotQos !== undefined && snapshot !== undefined) publish(snapshotTopic, snapshot, snapshotQos);
  }

  private sendClock(clock: ClockState, names: readonly string[]): void {
    const { cell, table, interest, publish } = this.options;
    for (const k of interest.of('clock')) {
      const topic = table.topics[k];
      if (topic.kind === 'clock' && names.includes(topic.name)) {
        publish(topic.topic, clockPayload(cell, clock, topic.name), interest.qosAt(k));
      }
    }
  }

  private isDue(what: keyof LivePublisher['sentMs'], everyMs: number): boolean {
    const nowMs = this.options.now();
    if (nowMs - this.sentMs[what] < everyMs) return false;
    this.sentMs[what] = nowMs;
    return true;
  }
}
