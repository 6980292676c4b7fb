import type { LiveCell } from '#server/cells/live-cell.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import { NUMBER_BYTES, writeNumber } from './number-bytes.ts';
import { plantTime } from './payloads.ts';
import type { StationTopic } from './topic-table.ts';

const [BRACE] = Buffer.from('{');
const HEAD_BYTES = 64;

/** The keyed message of one station. Remembers what it wrote, so that only new samples are read. */
export class StationMessages {
  /** Of each group of signals. */
  private readonly versions: Float64Array;
  private readonly values: Float64Array;
  private readonly statuses: (Sample['status'] | undefined)[];

  constructor(
    readonly station: StationTopic,
    /** Of its topic in the table. */
    readonly place: number,
  ) {
    const { signals, groups } = station;
    this.versions = new Float64Array(groups.length).fill(NaN);
    this.values = new Float64Array(signals.length);
    this.statuses = new Array<undefined>(signals.length);
  }

  /** StationMessage, if a value has changed since the one before. Its bytes are good until the next message is made. */
  next(cell: LiveCell, nowUs: number): Buffer | undefined {
    const { versions } = this;
    const { signals, groups } = this.station;
    let hasChanged = Number.isNaN(versions[0]);
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g];
      const version = cell.version(signals[group[0]]);
      if (version === versions[g]) continue;
      versions[g] = version;
      for (let n = 0; n < group.length; n++)
        if (this.takes(group[n], cell.sample(signals[group[n]]))) hasChanged = true;
    }
    return hasChanged ? this.bytes(cell, nowUs) : undefined;
  }

  /** Whether a new sample says something else than the one before: most do not. */
  private takes(k: number, { value, status }: Sample): boolean {
    if (Object.is(value, this.values[k]) && status === this.statuses[k]) return false;
    this.values[k] = value;
    this.statuses[k] = status;
    return true;
  }

  private bytes(cell: LiveCell, nowUs: number): Buffer {
    const { keys, scales } = this.station;
    const bytes = scratchFor(this.station);
    const head = bytes.write(`{"t":"${plantTime(cell, nowUs)}","values":`, 0, 'latin1');
    let at = head;
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k];
      for (let n = 0; n < key.length; n++) bytes[at++] = key[n];
      at = this.write(bytes, at, k, scales[k]);
    }
    bytes[head] = BRACE;
    at += bytes.write('}}', at, 'latin1');
    return bytes.subarray(0, at);
  }

  /** Nothing, if there was no communication. */
  private write(bytes: Buffer, at: number, k: number, scale: number): number {
    const value = this.values[k];
    if (this.statuses[k] === 'BadNoCommunication') return writeNumber(bytes, at, NaN, 1);
    if (scale > 0) return writeNumber(bytes, at, value, scale);
    return at + bytes.write(value === 0 ? 'false' : 'true', at, 'latin1');
  }
}

/** Messages are made one after the other, and their length is known when they are written. */
let scratch = Buffer.alloc(0);

function scratchFor({ keys }: StationTopic): Buffer {
  const most = keys.reduce((sum, { length }) => sum + length + NUMBER_BYTES, HEAD_BYTES);
  if (scratch.length < most) scratch = Buffer.alloc(most);
  return scratch;
}

/** StationMessage as of the last advance. */
export function stationPayload(cell: LiveCell, station: StationTopic): string {
  return new StationMessages(station, -1).next(cell, cell.clock.simUs)?.toString() ?? '{}';
}
