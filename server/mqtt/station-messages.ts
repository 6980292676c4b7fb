import type { LiveCell } from '#server/cells/live-cell.ts';
import { sampledValue, plantTime } from './payloads.ts';
import type { StationTopic } from './topic-table.ts';

/** The keyed message of one station. Remembers what it wrote, so that only new samples are read. */
export class StationMessages {
  private readonly versions: Float64Array;
  private readonly members: string[];

  constructor(
    readonly station: StationTopic,
    /** Of its topic in the table. */
    readonly place: number,
  ) {
    this.versions = new Float64Array(station.signals.length).fill(NaN);
    this.members = station.keys.map((key) => `${key}null`);
  }

  /** StationMessage, if a value has changed since the one before. */
  next(cell: LiveCell, nowUs: number): string | undefined {
    const { signals, keys } = this.station;
    let hasChanged = false;
    for (let k = 0; k < signals.length; k++) {
      const version = cell.version(signals[k]);
      if (version === this.versions[k]) continue;
      this.versions[k] = version;
      const member = keys[k] + sampledValue(cell.model.signals[signals[k]], cell.sample(signals[k]));
      if (member === this.members[k]) continue;
      this.members[k] = member;
      hasChanged = true;
    }
    return hasChanged ? this.text(cell, nowUs) : undefined;
  }

  private text(cell: LiveCell, nowUs: number): string {
    return `{"t":"${plantTime(cell, nowUs)}","values":{${this.members.join(',')}}}`;
  }
}

/** StationMessage as of the last advance. */
export function stationPayload(cell: LiveCell, station: StationTopic): string {
  return new StationMessages(station, -1).next(cell, cell.clock.simUs) ?? '{}';
}
