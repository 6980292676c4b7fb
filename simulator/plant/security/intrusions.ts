import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Network } from '#simulator/plant/network/network-zones.ts';
import { zoneIndex } from '#simulator/plant/network/network-zones.ts';
import type { Traffic } from '#simulator/plant/network/network-traffic.ts';
import type { Station } from '#simulator/plant/station.ts';
import { type DenialKey } from './access.ts';
import { type Intruder, MANNERS, refuseAttempt, viaOf } from './intruder.ts';
import { type Intrusion, readIntrusion } from './intrusion.ts';
import type { SecuritySelf } from './security.ts';

/** Protocol that an intruder across zones speaks: it knows neither users nor keys. */
const PROTOCOL = { protocol: 'Modbus', port: 502 };
const CONFIGURING = ['security', 'network', 'rules', 'alarms'];
const USUAL_AGE_S = 3600;

/** An intruder comes, and tries at once. Throws a Refusal if something it names is not there, or it could not be meant. */
export function enter(s: SecuritySelf, t: number, value: unknown): void {
  const given = readIntrusion(value);
  const free = s.intruders.find(({ isHere }) => !isHere);
  const account = s.accounts.indexOf(given.account);
  const target = s.commanded.placeOf(given.target, given.manner === 'replayed-mqtt' ? undefined : kindOf(given));
  const number = s.commanded.numberOf(target, given.value);
  const zone = given.from === undefined ? 0 : 1 + zoneIndex(given.from, planOf(s).zones);
  if (free === undefined) {
    throw new Refusal(`${s.intruders.length} intruders are here already.`, 'Let some of them end before that.');
  }
  const heardUs = overheard(s, given.target, t);
  Object.assign(free, {
    ...{ manner: MANNERS.indexOf(given.manner), account, zone, target, value: number, everyUs: given.everyS * SECOND },
    sentUs: t - (given.ageS ?? USUAL_AGE_S) * SECOND,
  });
  if (given.manner === 'replayed-mqtt' && heardUs !== undefined) {
    Object.assign(free, { target: s.heardTarget - 1, value: s.heardValue, sentUs: heardUs });
  }
  attempt(s, free, t);
}

export function leave(s: SecuritySelf, value: unknown): void {
  const { manner, account } = readIntrusion(value);
  const found = s.intruders.find(
    (each) => MANNERS[each.manner] === manner && each.account === s.accounts.indexOf(account),
  );
  if (found === undefined) throw new Refusal('There is no such intruder.', 'It has left already.');
  found.leave();
}

/** One more attempt, on the same path as the command of anybody else, and when the next one is. */
export function attempt(s: SecuritySelf, intruder: Intruder, t: number): void {
  const { account, target, value } = intruder;
  const manner = MANNERS[intruder.manner];
  const sentUs = manner === 'replayed-mqtt' ? intruder.sentUs : t;
  const denial = deniedBy(s, intruder, t) ?? obeyedBy(s, target, value, t);
  const entry = s.log.add({ t, sentUs, account, via: viaOf(manner), target, value, denial });
  (denial === undefined ? s.granted : s.refused).raise(t, entry);
  intruder.wait(t);
}

/** A command came over MQTT. Whoever listens in may send it again. */
export function overhear(s: SecuritySelf, t: number, path: string, value: unknown): void {
  const place = s.commanded.find(path);
  const isWord = typeof value === 'string' && s.commanded.at(place ?? 0).shape?.choices === undefined;
  if (place === undefined || isWord || (typeof value === 'object' && value !== null)) return;
  s.heardTarget = place + 1;
  s.heardValue = s.commanded.numberOf(place, value);
  s.heardUs = t;
}

const kindOf = ({ manner, value }: Intrusion): 'parameter' | 'command' | undefined =>
  manner === 'spoofed-mqtt' ? undefined : value === undefined ? 'command' : 'parameter';

/** When a command to the same station was last overheard. */
function overheard(s: SecuritySelf, path: string, t: number): number | undefined {
  if (s.heardTarget === 0 || s.heardUs > t) return undefined;
  const station = path.slice(0, path.indexOf('.'));
  return s.commanded.at(s.heardTarget - 1).station === station ? s.heardUs : undefined;
}

function deniedBy(s: SecuritySelf, intruder: Intruder, t: number): DenialKey | undefined {
  const { account, target, zone } = intruder;
  const { station, shape } = s.commanded.at(target);
  if (zone > 0 && !isCarried(s, zone - 1, station, t)) return 'conduit';
  return refuseAttempt(s.posture.state(s.certificates.all()), MANNERS[intruder.manner], {
    role: s.accounts.role(account),
    isDisabled: s.accounts.isDisabled(account),
    hasDefaultPassword: s.accounts.hasDefault(account),
    isSetPoint: shape !== undefined,
    isConfiguration: isConfiguration(s, station),
    ageS: (t - intruder.sentUs) / SECOND,
  });
}

export const isConfiguration = ({ plant }: SecuritySelf, station: string): boolean =>
  CONFIGURING.includes(plant.stations.get(station)?.type.name ?? '');

function obeyedBy(s: SecuritySelf, target: number, value: number, t: number): DenialKey | undefined {
  try {
    s.commanded.at(target).obey(t, s.commanded.valueOf(target, value), undefined);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return 'plant';
    throw error;
  }
}

interface NetworkSelf {
  readonly traffic: Traffic;
}

const networkOf = ({ plant }: SecuritySelf): Station | undefined =>
  [...plant.stations.values()].find(({ type }) => type.name === 'network');

function planOf(s: SecuritySelf): Network {
  const found = networkOf(s);
  if (found === undefined)
    throw new Refusal('The cell has no network with zones.', 'Leave "from" out.', 'unknown_target');
  return (found.self as NetworkSelf).traffic.plan;
}

/** Whether an allowed conduit carries it. It is counted there; without one the network sees a forbidden flow. */
function isCarried(s: SecuritySelf, from: number, station: string, t: number): boolean {
  const network = networkOf(s);
  if (network === undefined) return true;
  const { traffic } = network.self as NetworkSelf;
  const { zones, conduits } = traffic.plan;
  const to = zones.findIndex(({ assets }) => assets.some((asset) => asset.startsWith(`${station}-`)));
  if (to < 0 || to === from) return true;
  const isFitting = ({ protocol, port, ...way }: (typeof conduits)[number]): boolean =>
    way.from === from && way.to === to && protocol === PROTOCOL.protocol && port === PROTOCOL.port;
  const conduit = conduits.findIndex((each, k) => isFitting(each) && traffic.isAllowed(k) === 1);
  if (conduit < 0) {
    const [source, goal] = [zones[from].name, zones[to].name];
    network.commands.get('SeeFlow')?.obey(t, { from: source, to: goal, ...PROTOCOL });
  } else traffic.count(conduit, 1);
  network.touch.mark(t);
  return conduit >= 0;
}
