import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalCell } from '#server/cells/local-cell.ts';
import type { Occurrence } from '#server/cells/occurrence.ts';
import { type HostForTest, hostForTest, temporaryFolder } from '#test/support/host-for-test.ts';

const folder = temporaryFolder();
let line: HostForTest;
let shown: string;
let hidden: string;
/** An alarm that comes within the first hours, on two lines that live the same life. */
const set = { 'Alarms.alarms.SpindleHot.enabled': true, 'Alarms.alarms.SpindleHot.limit': 25 };
const order = {
  ...{ base: 'pump-line', set, seed: '00000000000000ab', scenario: [], speed: [1, 100] as const },
  ...{ openUs: 60e6, horizonUs: 8 * 3600e6 },
};
beforeAll(async () => {
  line = await hostForTest(folder.path);
  await line.participants.add('p-test', line.wall.now());
  shown = await line.host.openCell('p-test', order);
  hidden = await line.host.openCell('p-test', { ...order, conceal: ['ST03.Spindle.Temperature', 'ST03.State.*'] });
});
afterAll(async () => {
  await line.close();
  folder.remove();
});

const by = { actor: 'p-test', via: 'mqtt' } as const;
const toUs = 2 * 3600e6;
const live = async (id: string): Promise<LocalCell> => (await line.host.find(id))!;
const eventsOf = (all: readonly { event: string }[], glob: RegExp) => all.filter(({ event }) => glob.test(event));

/** What both wire doors hear of two hours of a line, and its alarms afterwards. */
async function heardOn(id: string) {
  const cell = await live(id);
  const heard: Occurrence[] = [];
  const stop = cell.listen({ happened: (one) => void heard.push(one) });
  await cell.runUntil({ simUs: toUs }, by);
  stop();
  return { heard, alarms: cell.alarms() };
}

test('an alarm of a concealed signal is told on no door, nor is the change of a concealed state', async () => {
  const [open, closed] = [await heardOn(shown), await heardOn(hidden)];
  const alarmed = /^Alarms\.Alarm/;
  // Whoever hides nothing hears both: so the test would notice.
  expect(eventsOf(open.heard, alarmed).length).toBeGreaterThan(0);
  expect(eventsOf(open.heard, /^ST03\.StateChanged$/).length).toBeGreaterThan(0);
  expect(open.alarms.map(({ path }) => path)).toContain('Alarms.SpindleHot');

  expect(eventsOf(closed.heard, alarmed)).toEqual([]);
  expect(eventsOf(closed.heard, /^ST03\.StateChanged$/)).toEqual([]);
  expect(eventsOf(closed.heard, /^ST07\.StateChanged$/).length).toBeGreaterThan(0);
  expect(closed.alarms.map(({ path }) => path)).not.toContain('Alarms.SpindleHot');
  expect(closed.alarms.map(({ path }) => path)).toContain('Alarms.SpindleVibration');
});

test('nor in what has been: events over HTTP, their history over OPC UA, SQL, and the list of alarms', async () => {
  const window = { fromUs: 0, toUs };
  const past = async (id: string) => {
    const { events } = await line.host.happeningsIn(id, { event: '*', ...window }, 'p-test');
    const { occurrences } = await (await live(id)).occurrences(window, 'p-test');
    const select = (sql: string) => line.host.sql(id, { sql, toUs }, 'p-test').then(({ rows }) => rows.length);
    const alarms = await line.host.capture(id, { path: 'Alarms.All' }, 'p-test');
    return {
      alarmed: eventsOf(events, /^Alarms\.Alarm/).length,
      told: occurrences.filter(({ alarm }) => alarm?.path === 'Alarms.SpindleHot').length,
      states: eventsOf([...events, ...occurrences], /^ST03\.StateChanged$/).length,
      rows: await select(`SELECT * FROM events WHERE event LIKE 'Alarms.Alarm%'`),
      alarms: await select('SELECT * FROM alarms'),
      listed: JSON.stringify(alarms).includes('SpindleHot'),
    };
  };
  const before = await past(shown);
  for (const count of Object.values(before)) expect(Number(count)).toBeGreaterThan(0);
  expect(await past(hidden)).toEqual({ alarmed: 0, told: 0, states: 0, rows: 0, alarms: 0, listed: false });
});

test('states and counts of such alarms are concealed as their signal is', async () => {
  const { signals } = await line.host.publicModel(hidden);
  const paths = signals.map(({ path }) => path);
  for (const path of ['Alarms.SpindleHot.State', 'Alarms.Active', 'Alarms.Unacknowledged', 'ST03.Spindle.Temperature'])
    expect(paths).not.toContain(path);
  expect(paths).toContain('Alarms.SpindleVibration.State');
  const cell = await live(hidden);
  const state = cell.model.indexOf('Alarms.SpindleHot.State');
  expect(cell.sample(state)).toMatchObject({ value: 0, status: 'BadNoCommunication' });
});

test('a command about it is refused with words that say why, over any door', async () => {
  const why = expect.stringMatching(/^This lab does not show /) as string;
  const refused = { status: 'not_allowed', reason: why };
  const ask = (n: number, target: string, value: unknown) =>
    line.host.command(hidden, { id: `k${n}`, target, value: value as string }, by);
  expect(await ask(1, 'Alarms.Configure', '{"alarm":"SpindleHot","limit":20}')).toMatchObject(refused);
  expect(await ask(2, 'Alarms.Acknowledge', { alarm: 'SpindleHot' })).toMatchObject(refused);
  const spy = { alarm: 'Spy', signal: 'ST03.Spindle.Temperature', kind: 'high', limit: 30, consequence: 'x' };
  expect(await ask(3, 'Alarms.Create', JSON.stringify(spy))).toMatchObject(refused);
  expect(await ask(4, 'Rules.Define', { id: 'spy', when: 'Alarms.Active > 0', do: 'alarm' })).toMatchObject(refused);
  expect(await ask(5, 'Alarms.Configure', '{"alarm":"SpindleVibration","limit":5}')).toMatchObject({ status: 'done' });
});

test('nobody learns by waiting for it when it comes', async () => {
  const waiting = line.host.runUntil(hidden, { event: 'ST03.StateChanged', withinS: 60 }, by);
  await expect(waiting).rejects.toMatchObject({ code: 'concealed' });
});
