import type { ClockState } from '#contract/clock.ts';
import { Beat } from './beat.ts';
import type { PublisherOptions } from './live-publisher.ts';
import { clockPayload } from './payloads.ts';
import type { ClockName } from './topic-table.ts';

const HEARTBEAT_MS = 5000;
const SIM_TIME_MS = 1000;
const ALL: readonly ClockName[] = ['all', 'SimTime', 'Speed', 'Paused', 'Run'];

/** Tells the clock of a cell: all of it on change and every 5 s, the simulated time every second. */
export class ClockMessages {
  private places: readonly number[] = [];
  private readonly heartbeat: Beat;
  private readonly second: Beat;

  constructor(
    private readonly options: Pick<PublisherOptions, 'cell' | 'table' | 'interest' | 'now' | 'publish'>,
    phase: number,
  ) {
    this.heartbeat = new Beat(HEARTBEAT_MS, phase);
    this.second = new Beat(SIM_TIME_MS, phase);
  }

  get isWanted(): boolean {
    return this.places.length > 0;
  }

  wantedChanged(): void {
    this.places = this.options.interest.of('clock');
  }

  advanced(nowMs: number): void {
    if (!this.isWanted) return;
    const isBeat = this.heartbeat.isDue(nowMs);
    const isSecond = this.second.isDue(nowMs);
    if (isBeat || isSecond) this.send(this.options.cell.clock, isBeat ? ['all', 'SimTime'] : ['SimTime']);
  }

  changed(clock: ClockState): void {
    const nowMs = this.options.now();
    this.heartbeat.skip(nowMs);
    this.second.skip(nowMs);
    this.send(clock, ALL);
  }

  private send(clock: ClockState, names: readonly ClockName[]): void {
    const { cell, table, interest, publish } = this.options;
    for (const place of this.places) {
      const topic = table.topics[place];
      if (topic.kind === 'clock' && names.includes(topic.name)) {
        publish(topic.topic, clockPayload(cell, clock, topic.name), interest.qosAt(place));
      }
    }
  }
}
