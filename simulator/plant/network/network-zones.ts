import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

/** A zone of IEC 62443-3-2 (ZCR 3): assets with the same need for security. */
export interface NetworkZone {
  readonly name: string;
  /** Level of the reference model of ISA-95, 0 to 5. */
  readonly level: number;
  /** Target security level (SL-T), 0 to 4. */
  readonly security: number;
  readonly assets: readonly string[];
}

/** A conduit: what may flow from one zone to another over one protocol. The connection is opened by `from`. */
export interface Conduit {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
  readonly port: number;
  /** Messages a second while it is allowed. */
  readonly perS: number;
  readonly isAllowed: boolean;
}

export interface Network {
  readonly zones: readonly NetworkZone[];
  readonly conduits: readonly Conduit[];
}

const MOST_CONDUITS = 32;
const NAME = /^[A-Z][A-Za-z0-9]*$/;

/** `zones: { Control: { level: 1, security: 2, assets: [ST01-PLC] } }` and `conduits: { C1: { from, to, protocol, port, perS } }`. */
export function readNetwork(zones: unknown, conduits: unknown): Network {
  const known = Object.entries((zones ?? {}) as Record<string, unknown>).map(readZone);
  const ways = Object.entries((conduits ?? {}) as Record<string, unknown>).map((entry) => readConduit(entry, known));
  const assets = known.flatMap((zone) => zone.assets);
  const twice = assets.find((asset, k) => assets.indexOf(asset) < k);
  if (twice !== undefined) throw new Refusal(`${twice} is in two zones.`, 'An asset belongs to one zone (ZCR 3).');
  const same = ways.find((way, k) => ways.findIndex((other) => isSame(way, other)) < k);
  if (same !== undefined) throw new Refusal(`${same.name} is there twice.`, 'Give each flow one conduit.');
  if (ways.length > MOST_CONDUITS)
    throw new Refusal(`There are ${ways.length} conduits.`, `Give ${MOST_CONDUITS} at most.`);
  return { zones: known, conduits: ways };
}

const isSame = (a: Conduit, b: Conduit): boolean =>
  a.from === b.from && a.to === b.to && a.protocol === b.protocol && a.port === b.port;

function readZone([name, spec]: readonly [string, unknown]): NetworkZone {
  const { level, security, assets, ...more } = (spec ?? {}) as Record<string, unknown>;
  const isWithin = (n: unknown, high: number): n is number =>
    typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= high;
  const isList = Array.isArray(assets) && assets.every((asset) => typeof asset === 'string');
  if (NAME.test(name) && isWithin(level, 5) && isWithin(security, 4) && isList && Object.keys(more).length === 0) {
    return { name, level, security, assets: assets };
  }
  throw new Refusal(
    `${JSON.stringify({ [name]: spec })} is no zone.`,
    'Give a name such as Control: { level: 1, security: 2, assets: [ST01-PLC] }.',
    'wrong_type',
  );
}

function readConduit([name, spec]: readonly [string, unknown], zones: readonly NetworkZone[]): Conduit {
  const { from, to, protocol, port, perS = 0, allowed = true, ...more } = (spec ?? {}) as Record<string, unknown>;
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  const isRate = typeof perS === 'number' && perS >= 0 && perS <= 1e6;
  const isRight = NAME.test(name) && typeof protocol === 'string' && isPort && isRate && typeof allowed === 'boolean';
  if (!isRight || Object.keys(more).length > 0) {
    throw new Refusal(
      `${JSON.stringify({ [name]: spec })} is no conduit.`,
      'Give a name such as GatewayToBroker: { from: Control, to: Dmz, protocol: MQTT, port: 8883, perS: 40, allowed: true }.',
      'wrong_type',
    );
  }
  return { name, from: zoneIndex(from, zones), to: zoneIndex(to, zones), protocol, port, perS, isAllowed: allowed };
}

export function zoneIndex(name: unknown, zones: readonly NetworkZone[]): number {
  const found = zones.findIndex((zone) => zone.name === name);
  if (found >= 0) return found;
  const known = zones.map((zone) => zone.name);
  throw new Refusal(
    `There is no zone ${JSON.stringify(name)}.${didYouMean(String(name), known)}`,
    `There are ${known.join(', ')}.`,
    'unknown_target',
  );
}
