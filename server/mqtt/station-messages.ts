import type { LiveCell } from '#server/cells/live-cell.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { sampledValue, plantTime } from './payloads.ts';
import type { StationTopic } from './topic-table.ts';

/** The keyed message of one station. Remembers what it wrote, so that only new samples are read. */
export class StationMessages {
  private readonly versions: Float64Array;
  private readonly values: Float64Array;
  private readonly statuses: (Sample['status'] | undefined)[];
  private readonly members: string[];

  constructor(
    readonly station: StationTopic,
    /** Of its topic in the table. */
    readonly place: number,
  ) {
    const { length } = station.signals;
    this.versions = new Float64Array(length).fill(NaN);
    this.values = new Float64Array(length);
    this.statuses = new Array<undefined>(length);
    this.members = station.keys.map(() => '');
  }

  /** StationMessage, if a value has changed since the one before. */
  next(cell: LiveCell, nowUs: number): string | undefined {
    const { versions, members } = this;
    const { signals } = this.station;
    let hasChanged = false;
    for (let k = 0; k < signals.length; k++) {
      const version = cell.version(signals[k]);
      if (version === versions[k]) continue;
      versions[k] = version;
      const sample = cell.sample(signals[k]);
      if (members[k] !== '' && !this.isOther(k, sample)) continue;
      members[k] = this.member(k, cell, sample);
      hasChanged = true;
    }
    return hasChanged ? this.text(cell, nowUs) : undefined;
  }

  /** Most new samples say what the one before said: a text is only made of those that do not. */
  private isOther(k: number, { value, status }: Sample): boolean {
    return !Object.is(value, this.values[k]) || status !== this.statuses[k];
  }

  private member(k: number, { model }: LiveCell, sample: Sample): string {
    const { signals, keys } = this.station;
    this.values[k] = sample.value;
    this.statuses[k] = sample.status;
    return keys[k] + sampledValue(model.signals[signals[k]], sample);
  }

  private text(cell: LiveCell, nowUs: number): string {
    return `{"t":"${plantTime(cell, nowUs)}","values":{${this.members.join(',')}}}`;
  }
}

/** StationMessage as of the last advance. */
export function stationPayload(cell: LiveCell, station: StationTopic): string {
  return new StationMessages(station, -1).next(cell, cell.clock.simUs) ?? '{}';
}
