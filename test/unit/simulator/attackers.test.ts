import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { attackerFaults } from '#simulator/plant/faults/attacker-faults.ts';
import type { AccessRecord } from '#simulator/plant/security/documents.ts';
import type { Fault } from './fault-cases.ts';
import { bytes, modelOf } from './support.ts';

const model = modelOf('pump-line');
const set = Object.fromEntries(
  [...model.plant.kernel.parameters.keys()]
    .filter((path) => path.endsWith('.timeToFailure'))
    .map((path) => [path, 'never']),
);

interface AttackCase {
  readonly entry: Fault;
  readonly actor: string;
  readonly via: string;
  /** What is opened before, if the door that it uses is closed as the line comes. */
  readonly opens?: Order;
  /** The set-point that it writes. */
  readonly writes: string;
  readonly to: number;
  /** What comes of that, and by how much more or less. */
  readonly consequence: string;
  readonly atLeast: number;
  /** Each of these alone keeps it out. */
  readonly hardenings: readonly (Order & { readonly reason: RegExp })[];
}
interface Order {
  readonly target: string;
  readonly value: unknown;
}
const security = (name: string, value: unknown, reason: RegExp) => ({ target: `Security.${name}`, value, reason });
const tightLeak = { station: 'ST07', value: 0.5, every: 10 };

const CASES: readonly AttackCase[] = [
  {
    entry: { fault: 'rogue-write', parameter: 'Leak.Limit', ...tightLeak },
    ...{ actor: 'integrator', via: 'opcua', writes: 'ST07.Leak.Limit', to: 0.5 },
    ...{ consequence: 'Line.Parts.Scrapped', atLeast: 100 },
    hardenings: [
      security('Policy.None', 'denied', /security policy/),
      security('Anonymous.Role', 'observer', /role/),
      security('DisableAccount', 'integrator', /disabled/),
      security('SetRole', { account: 'integrator', role: 'observer' }, /role/),
      security('PinCertificate', '3f'.repeat(20), /certificate/),
    ],
  },
  {
    entry: { fault: 'weak-credentials', station: 'ST08', parameter: 'Threshold.Bore', value: 1, every: 10 },
    ...{ actor: 'operator', via: 'opcua', writes: 'ST08.Threshold.Bore', to: 1 },
    ...{ consequence: 'Line.Parts.Scrapped', atLeast: 100 },
    hardenings: [
      security('RenewPassword', 'operator', /password/),
      security('DisableAccount', 'operator', /disabled/),
      security('Operator.SetPoints', 'denied', /role/),
      security('PinCertificate', '3f'.repeat(20), /certificate/),
    ],
  },
  {
    entry: { fault: 'spoofed-command', command: 'Leak.Limit', ...tightLeak },
    ...{ actor: 'gateway', via: 'mqtt', writes: 'ST07.Leak.Limit', to: 0.5 },
    ...{ consequence: 'Line.Parts.Scrapped', atLeast: 100 },
    hardenings: [
      security('Mqtt.Plain', 'denied', /TLS/),
      security('Mqtt.Commands', 'nobody', /cmd topics/),
      security('Anonymous.Role', 'none', /Anonymous/),
    ],
  },
  {
    entry: { fault: 'replayed-command', command: 'Leak.Limit', ...tightLeak },
    ...{ actor: 'gateway', via: 'mqtt', writes: 'ST07.Leak.Limit', to: 0.5 },
    ...{ consequence: 'Line.Parts.Scrapped', atLeast: 100 },
    hardenings: [security('Mqtt.FreshWithin', 30, /fresh/), security('Mqtt.Plain', 'denied', /TLS/)],
  },
  {
    entry: { fault: 'zone-crossing', parameter: 'Leak.Limit', ...tightLeak },
    ...{ actor: 'integrator', via: 'network', writes: 'ST07.Leak.Limit', to: 0.5 },
    opens: { target: 'Network.Allow', value: 'OfficeToMachines' },
    ...{ consequence: 'Line.Parts.Scrapped', atLeast: 100 },
    hardenings: [{ target: 'Network.Deny', value: 'OfficeToMachines', reason: /conduit/ }],
  },
];

function lineWith(scenario: readonly Fault[], opens?: Order): Cell {
  const cell = createCell(model, { seed: 11n, set, scenario: scenario.map((each) => ({ hidden: true, ...each })) });
  cell.runUntil(minutes(30));
  if (opens) cell.command(opens);
  return cell;
}
const accesses = (cell: Cell): AccessRecord[] =>
  (cell.capture('Security.Access') as Document).content.accesses as AccessRecord[];
const events = (cell: Cell, name: string): number =>
  happenings(cell, 0, cell.now).filter(({ event }) => event === `Security.${name}`).length;

test('every attacker has a case', () => {
  expect(CASES.map(({ entry }) => entry.fault)).toEqual(attackerFaults.map(({ id }) => id));
});

test.each(CASES)(
  '$entry.fault writes, shows in log, events and set-point, and scrap follows; without it nothing does',
  (each) => {
    const { entry, opens, actor, via, writes, to, consequence, atLeast } = each;
    const attacked = lineWith([{ ...entry, at: '1 h' }], opens);
    const healthy = lineWith([], opens);
    for (const cell of [attacked, healthy]) cell.runUntil(hours(6));

    expect([attacked.parameter(writes), healthy.parameter(writes)]).toEqual([to, expect.not.closeTo(to)]);
    const [first] = accesses(attacked).slice(-1);
    expect(first).toMatchObject({ actor, via, target: writes, value: to, outcome: 'granted', reason: null });
    expect(events(attacked, 'AccessGranted')).toBeGreaterThan(15);
    expect(attacked.read('Security.Access.Granted')).toBe(events(attacked, 'AccessGranted'));
    expect(accesses(healthy)).toEqual([]);
    expect(events(healthy, 'AccessGranted') + events(healthy, 'AccessRefused')).toBe(0);
    expect(attacked.read(consequence) - healthy.read(consequence)).toBeGreaterThanOrEqual(atLeast);
    expect(attacked.log.length).toBe(opens ? 1 : 0);
    expect(attacked.past(hours(1) - 1).hash).toBe(healthy.past(hours(1) - 1).hash);
  },
);

test.each(CASES.flatMap((each) => each.hardenings.map((hardening) => ({ ...each, hardening }))))(
  '$entry.fault is kept out by $hardening.target, and is seen to be',
  ({ entry, opens, writes, hardening }) => {
    const cell = lineWith([{ ...entry, at: '1 h' }], opens);
    const { reason, ...order } = hardening;
    const before = cell.parameter(writes);
    cell.command(order);
    cell.runUntil(hours(4));
    expect(cell.parameter(writes)).toBe(before);
    expect(cell.read('Security.Access.Granted')).toBe(0);
    expect(cell.read('Security.Access.Refused')).toBeGreaterThan(5);
    expect(events(cell, 'AccessRefused')).toBe(cell.read('Security.Access.Refused'));
    for (const each of accesses(cell))
      expect(each).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(reason) as string });
    if (entry.fault === 'zone-crossing') {
      expect(cell.read('Network.Flows.Forbidden')).toBe(cell.read('Security.Access.Refused'));
    }
  },
);

test('what is put right is written again by the next attempt, until the door is closed', () => {
  const cell = lineWith([{ ...CASES[0].entry, at: '1 h' }]);
  const usual = cell.parameter('ST07.Leak.Limit');
  cell.runUntil(minutes(61));
  cell.command({ target: 'ST07.Leak.Limit', value: usual });
  cell.runUntil(hours(3));
  expect(cell.parameter('ST07.Leak.Limit')).toBe(0.5);
  cell.command({ target: 'Security.Policy.None', value: 'denied' });
  cell.command({ target: 'ST07.Leak.Limit', value: usual });
  cell.runUntil(hours(6));
  expect(cell.parameter('ST07.Leak.Limit')).toBe(usual);
});

test('a command of the participant over MQTT is the one that is sent again, and only that of the same station', () => {
  const cell = lineWith([{ ...CASES[3].entry, at: '1 h' }]);
  cell.command({ target: 'ST07.Leak.Limit', value: 7, actor: 'p-ann', via: 'http' });
  cell.command({ target: 'ST07.Leak.Limit', value: 6, actor: 'p-ann', via: 'mqtt' });
  cell.runUntil(hours(1) + 1);
  const [again] = accesses(cell);
  expect(again).toMatchObject({ target: 'ST07.Leak.Limit', value: 6, outcome: 'granted' });
  expect(again.sentUs).toBeLessThan(minutes(31));
  expect(cell.parameter('ST07.Leak.Limit')).toBe(6);
});

test('an attack that is over is over, at times that follow from the seed alone', () => {
  const scenario = [{ ...CASES[1].entry, at: '1 h', for: '2 h' }];
  const [cell, same] = [lineWith(scenario), lineWith(scenario)];
  cell.runUntil(hours(5));
  for (let t = minutes(30); t <= hours(5); t += 7_777_777) same.runUntil(t);
  same.runUntil(hours(5));
  expect(same.hash).toBe(cell.hash);
  expect(Math.max(...accesses(cell).map(({ atUs }) => atUs))).toBeLessThan(hours(3));
  const other = createCell(model, { seed: 12n, set, scenario: scenario.map((each) => ({ hidden: true, ...each })) });
  other.runUntil(hours(5));
  expect(accesses(other).map(({ atUs }) => atUs)).not.toEqual(accesses(cell).map(({ atUs }) => atUs));
});

test('posture, accounts, pins and attackers are in the snapshot: a fork and a resumed cell go on as the same', () => {
  const scenario = [{ ...CASES[3].entry, at: '1 h', hidden: true }];
  const cell = lineWith(scenario);
  for (const order of [
    { target: 'Security.PinCertificate', value: 'ab'.repeat(20) },
    { target: 'Security.DisableAccount', value: 'historian' },
    { target: 'Security.RenewPassword', value: 'operator' },
    { target: 'ST07.Leak.Limit', value: 6, actor: 'p-ann', via: 'mqtt' },
  ]) {
    cell.command(order);
  }
  cell.runUntil(hours(2));
  const fork = cell.fork();
  const resumed = resumeCell(model, {
    ...{ seed: 11n, set, scenario, log: cell.log.toJSON(), checkpoint: cell.past(minutes(50)).checkpoint() },
  });
  for (const each of [cell, fork, resumed]) each.runUntil(hours(3));
  for (const each of [fork, resumed]) {
    expect(bytes(each.snapshot()).equals(bytes(cell.snapshot()))).toBe(true);
    expect(each.capture('Security.Access')).toEqual(cell.capture('Security.Access'));
  }
  expect((cell.capture('Security.Access') as Document).content.pinnedCertificates).toEqual(['ab'.repeat(20)]);
});

test('contradictory and wrong settings are refused, and say what would be right', () => {
  const cell = lineWith([]);
  const give = (target: string, value?: unknown) => () => cell.command({ target: `Security.${target}`, value });
  for (const each of ['Policy.None', 'Policy.Basic256Sha256', 'Policy.Aes128Sha256RsaOaep']) give(each, 'denied')();
  expect(give('Policy.Aes256Sha256RsaPss', 'denied')).toThrow(
    'Policy.Aes256Sha256RsaPss cannot be denied: Policy.None is denied, and then all policies would be',
  );
  give('Mode.Sign', 'denied')();
  expect(give('Mode.SignAndEncrypt', 'denied')).toThrow('then Mode.Sign and Mode.SignAndEncrypt would be');
  expect(give('PinCertificate', 'mine')).toThrow('is no SHA-1 thumbprint');
  expect(give('UnpinCertificate', 'ab'.repeat(20))).toThrow('not pinned. None is.');
  expect(give('DisableAccount', 'operater')).toThrow('Did you mean "operator"?');
  expect(give('SetRole', '{"account":"operator","role":"boss"}')).toThrow('"boss" is no role.');
  expect(give('SetRole', 'operator')).toThrow('is no change of a role');
  expect(give('Mqtt.FreshWithin', -1)).toThrow('out of range');
  expect(cell.log.length).toBe(4);
});
