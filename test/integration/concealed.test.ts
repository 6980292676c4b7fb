import { afterAll, beforeAll, expect, test } from 'vitest';
import { GOOD } from '#simulator/cell/sample.ts';
import { type HostForTest, hostForTest, temporaryFolder } from '#test/support/host-for-test.ts';

const folder = temporaryFolder();
let line: HostForTest;
let cell: string;
beforeAll(async () => {
  line = await hostForTest(folder.path);
  await line.participants.add('p-test', line.wall.now());
  cell = await line.host.openCell('p-test', {
    ...{ base: 'pump-line', set: {}, seed: '00000000000000aa', scenario: [], speed: [2, 20] },
    ...{ openUs: 3600e6, horizonUs: 8 * 3600e6, conceal: ['Line.*', 'ST03.Spindle.VibrationWaveform'] },
  });
});
afterAll(async () => {
  await line.close();
  folder.remove();
});

const window = { fromUs: 0, toUs: 1800e6 };

test('what a lab conceals is in no list, and asking for it is refused with one sentence that says why', async () => {
  const { signals } = await line.host.publicModel(cell);
  expect(signals.some(({ path }) => path.startsWith('Line.'))).toBe(false);
  expect(signals.some(({ path }) => path === 'ST03.Spindle.Load')).toBe(true);
  const refused = { code: 'concealed', message: expect.stringContaining('This lab does not show') as string };
  await expect(line.host.history(cell, { signals: ['Line.Oee'], ...window }, 'p-test')).rejects.toMatchObject(refused);
  await expect(line.host.capture(cell, { path: 'ST03.Spindle.VibrationWaveform' }, 'p-test')).rejects.toMatchObject(
    refused,
  );
  const rule = { id: 'spy', when: 'Line.Oee > 50', do: 'alarm' };
  await expect(line.host.tryRule(cell, { rule, ...window }, 'p-test')).rejects.toMatchObject(refused);
  expect((await line.host.history(cell, { signals: ['ST03.Spindle.Load'], ...window }, 'p-test')).columns).toHaveLength(
    1,
  );
});

test('a past moment has no value of it, and nobody asks what if, for each fork would tell a bit of it', async () => {
  const { model } = (await line.host.find(cell))!;
  const { values } = await line.host.moment(cell, { atUs: window.toUs }, 'p-test');
  const shown = (path: string) => values[model.indexOf(path)];
  expect([shown('Line.Oee'), shown('Line.Throughput')]).toEqual([null, null]);
  expect(shown('ST03.Spindle.Load')).toEqual(expect.any(Number));
  const variants = [{ name: 'as it is', changes: [] }];
  const whatIf = { variants, hours: 1, forks: 2, commonNumbers: true };
  await expect(line.host.whatIf(cell, whatIf, 'p-test')).rejects.toMatchObject({ code: 'concealed' });
});

test('the line goes as fast as its lab lets it, and no faster', async () => {
  const by = { actor: 'p-test', via: 'http' } as const;
  expect((await line.host.clock(cell)).speed).toBe(2);
  await expect(line.host.setSpeed(cell, { speed: 21 }, by)).rejects.toMatchObject({ code: 'speed_not_allowed' });
  expect((await line.host.setSpeed(cell, { speed: 20 }, by)).speed).toBe(20);
});

test('on the wire a concealed signal looks as if its device did not answer, and a rule cannot read it', async () => {
  const live = (await line.host.find(cell))!;
  const { model } = live;
  expect(live.sample(model.indexOf('Line.Oee'))).toMatchObject({ value: 0, status: 'BadNoCommunication' });
  expect(live.sample(model.indexOf('ST03.Spindle.Load')).status ?? GOOD).toBe(GOOD);
  const value = { id: 'spy', when: 'Line.Oee > 50', do: 'alarm' };
  const answer = await line.host.command(
    cell,
    { id: 'k1', target: 'Rules.Define', value },
    { actor: 'p-test', via: 'http' },
  );
  expect(answer).toMatchObject({ status: 'not_allowed', reason: expect.stringContaining('Line.Oee') as string });
});

test('it is still concealed when the cell has slept, and on a new run', async () => {
  await line.host.closeSessions(cell, 'Sleep.');
  expect((await line.host.publicModel(cell)).signals.some(({ path }) => path.startsWith('Line.'))).toBe(false);
  await line.host.reset(cell, { actor: 'p-test', via: 'http' });
  expect((await line.host.publicModel(cell)).signals.some(({ path }) => path.startsWith('Line.'))).toBe(false);
});
