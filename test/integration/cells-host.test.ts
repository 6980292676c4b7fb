import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalCell } from '#server/cells/local-cell.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { walk } from '#simulator/cell/history.ts';
import { hours, seconds } from '#simulator/kernel/time.ts';
import { hostForTest, type HostForTest, temporaryFolder } from '#test/support/host-for-test.ts';

/** Accepted whatever the line is doing. */
const feed = { id: 'a', target: 'ST03.Program.Feed', value: 80 };
const me = { actor: 'p-1', via: 'http' } as const;
const folders: { remove(): void }[] = [];
const running: HostForTest[] = [];
let folder: string;

async function open(wall?: HostForTest['wall']): Promise<HostForTest> {
  const host = await hostForTest(folder, wall);
  running.push(host);
  return host;
}

async function openWithCell(): Promise<HostForTest & { cell: string }> {
  const made = await open();
  await made.participants.add('p-1', made.wall.now());
  return { ...made, cell: await made.host.openSandbox('p-1') };
}

/** What is awake keeps none of its past in memory: workers live it again from the store. */
function expectNoPast(live: LocalCell | undefined): void {
  const { cell } = live as unknown as { cell: Cell };
  expect(() => cell.past(cell.now)).toThrow('No checkpoint');
}

beforeEach(() => {
  const made = temporaryFolder();
  folders.push(made);
  folder = made.path;
});
afterEach(async () => {
  for (const host of running.splice(0)) await host.close().catch(() => {});
  for (const made of folders.splice(0)) made.remove();
});

test('a sandbox is handed over an hour old, in the past, and as the current cell of its participant', async () => {
  const { host, participants, cell, wall } = await openWithCell();
  const clock = await host.clock(cell);
  expect(clock).toMatchObject({ simUs: hours(1), run: 1, speed: 1, paused: false });
  expect(clock.anchorMs + clock.simUs / 1000).toBeLessThanOrEqual(wall.now());
  expect((await participants.find('p-1'))?.currentCell).toBe(cell);
});

test('a cell that was killed resumes at the latest durable instant, with the hash of a pure replay', async () => {
  const first = await openWithCell();
  const { cell, wall } = first;
  const live = await first.host.find(cell);
  live?.listen({});
  wall.forward(7_000);
  const answer = await first.host.command(cell, feed, me);
  expect(answer.status).toBe('done');
  wall.forward(1_000);
  expectNoPast(live);
  await first.die();

  wall.leap(60_000);
  const second = await open(wall);
  const again = await second.host.find(cell);
  expect(again?.clock.simUs).toBe(answer.atUs);
  expectNoPast(again);
  const row = await second.cells.find(cell);
  const model = again?.model;
  if (!row || !model) throw new Error('The cell is gone.');
  const replay = createCell(model, { seed: BigInt(`0x${row.seed}`) });
  replay.runUntil(answer.atUs - 1);
  replay.command({ ...feed, actor: 'p-1', via: 'http' });
  expect(again.hash).toBe(replay.hash);
  expect(await second.host.command(cell, feed, me)).toEqual(answer);
  const evidence = await second.host.evidence(cell);
  expect(evidence.map(({ kind }) => kind)).toContain('server.started');
  const gap = await second.store.db.selectFrom('clock_log').select(['kind', 'wall_ms']).orderBy('n').execute();
  expect(gap.at(-1)).toEqual({ kind: 'resumed', wall_ms: wall.now() });
});

test('a cell sleeps ten minutes after its last listener, and plant time stands still meanwhile', async () => {
  const { host, cell, wall, store } = await openWithCell();
  const live = await host.find(cell);
  if (!live) throw new Error('The cell is gone.');
  const leave = live.listen({});
  wall.forward(5_000);
  leave();
  wall.leap(9 * 60_000);
  expect(live.isClosed).toBe(false);
  wall.leap(2 * 60_000);
  const newest = () => store.db.selectFrom('clock_log').selectAll().orderBy('n', 'desc').executeTakeFirstOrThrow();
  await expect.poll(async () => (await newest()).kind).toBe('parked');
  const before = await newest();
  wall.leap(3_600_000);
  expect((await host.clock(cell)).simUs).toBe(before.sim_us);
});

test('a program that connects again and again holds a cell for two hours after someone asked something, and no longer', async () => {
  const { host, cell, wall } = await openWithCell();
  const connect = async () => (await host.find(cell))!.listen({});
  for (let quarter = 0; quarter < 8; quarter++) {
    const leave = await connect();
    wall.leap(14 * 60_000);
    leave();
    wall.leap(60_000);
  }
  expect((await host.find(cell))?.isClosed).toBe(false);
  const closed: string[] = [];
  (await host.find(cell))!.listen({ closed: (reason) => void closed.push(reason) });
  wall.leap(5 * 60_000);
  await expect.poll(() => closed).toEqual(['Nobody has used the cell for two hours.']);
  await expect.poll(() => host.awakeCells).toBe(0);
  for (let day = 0; day < 3; day++) {
    await expect(host.find(cell)).rejects.toMatchObject({ code: 'cell_unattended', status: 409 });
    expect(host.isUnattended(cell)).toBe(true);
    wall.leap(24 * 3_600_000);
  }
  await host.clock(cell);
  expect(host.isUnattended(cell)).toBe(false);
  const leave = await connect();
  wall.leap(60_000);
  leave();
  wall.leap(11 * 60_000);
  await expect.poll(() => host.awakeCells).toBe(0);
  // Sleeping a while does not begin the two hours anew.
  (await host.find(cell))!.listen({ closed: (reason) => void closed.push(reason) });
  wall.leap(100 * 60_000);
  expect(closed).toHaveLength(1);
  wall.leap(10 * 60_000);
  await expect.poll(() => closed).toHaveLength(2);
});

test('history in a worker gives the samples that were there to be read live', async () => {
  const { host, cell, wall } = await openWithCell();
  await host.setSpeed(cell, { speed: 100 }, me);
  const live = await host.find(cell);
  live?.listen({});
  wall.forward(3_000);
  const paths = live?.model.signals.slice(0, 30).map(({ path }) => path) ?? [];
  const [fromUs, toUs] = [hours(1) + seconds(30), hours(1) + seconds(200)];
  const { columns } = await host.history(cell, { signals: paths, fromUs, toUs }, 'p-1');
  const row = await host['options'].cells.find(cell);
  const model = live?.model;
  if (!row || !model) throw new Error('The cell is gone.');
  const replay = createCell(model, { seed: BigInt(`0x${row.seed}`) });
  replay.runUntil(toUs);
  const wanted = new Map<string, [number[], number[]]>(paths.map((path) => [path, [[], []]]));
  const start = replay.past(fromUs);
  for (const path of paths) {
    const sample = start.sample(model.indexOf(path));
    wanted.get(path)?.[0].push(sample.tUs);
    wanted.get(path)?.[1].push(sample.value);
  }
  walk(
    replay,
    paths.map((path) => model.indexOf(path)),
    fromUs,
    toUs,
    (index, { tUs, value }) => {
      const [times, values] = wanted.get(model.signals[index].path) ?? [[], []];
      if (tUs <= times[times.length - 1] || value === values.at(-1)) return;
      times.push(tUs);
      values.push(value);
    },
  );
  for (const { signal, tUs, values } of columns) expect([signal, [tUs, values]]).toEqual([signal, wanted.get(signal)]);
  expect(columns.some(({ tUs }) => tUs.length > 100)).toBe(true);
});

test('an unknown signal is refused with the name that was meant', async () => {
  const { host, cell } = await openWithCell();
  const request = { signals: ['ST03.Motor.Powr'], fromUs: 0, toUs: 1 };
  await expect(host.history(cell, request, 'p-1')).rejects.toThrow(/did you mean/i);
});

test('a reset begins a run with other luck, later than anything published, and keeps the old log', async () => {
  const { host, cell, wall, store } = await openWithCell();
  const live = await host.find(cell);
  const reasons: string[] = [];
  live?.listen({ closed: (reason) => void reasons.push(reason) });
  wall.forward(5_000);
  await host.command(cell, feed, me);
  const before = await host.clock(cell);
  const after = await host.reset(cell, me);
  expect(after.run).toBe(2);
  expect(after.anchorMs + after.simUs / 1000).toBeGreaterThan(before.anchorMs + before.simUs / 1000);
  expect(after.anchorMs + after.simUs / 1000).toBeLessThanOrEqual(wall.now());
  expect(reasons).toEqual(['The cell was reset.']);
  const runs = await store.db.selectFrom('runs').select('seed').execute();
  expect(new Set(runs.map(({ seed }) => seed)).size).toBe(2);
  expect(await store.db.selectFrom('commands').select('run').execute()).toEqual([{ run: 1 }]);
});

test('a checkpoint that is later than the rest of the log is where the cell resumes', async () => {
  const first = await openWithCell();
  const { cell, wall } = first;
  await first.host.setSpeed(cell, { paused: true }, me);
  await first.host.runUntil(cell, { simUs: hours(8) + seconds(40) }, me);
  await first.store.commits.flush();
  await first.store.db.deleteFrom('clock_log').where('kind', '=', 'hurried').execute();
  await first.die();
  const second = await open(wall);
  const { at_us: kept } = await second.store.db.selectFrom('checkpoints').select('at_us').executeTakeFirstOrThrow();
  expect(kept).toBeGreaterThanOrEqual(hours(8));
  expect((await second.host.clock(cell)).simUs).toBe(kept);
});

test('a host that lost a cell to another cannot write to it any more', async () => {
  const { host, cell, cells } = await openWithCell();
  await cells.claim(cell, 'another');
  await expect(host.command(cell, feed, me)).rejects.toThrow(/another server/);
});

test('a cell that this version cannot run says so, and how to go on', async () => {
  const { cell, wall, close } = await openWithCell();
  await close();
  running.length = 0;
  const { host, store } = await open(wall);
  const json = JSON.stringify({ parts: 1, stations: { ST01: { type: 'loom' } } });
  await store.db.updateTable('definitions').set({ json }).execute();
  await expect(host.clock(cell)).rejects.toMatchObject({
    code: 'cell_outdated',
    status: 409,
    hint: expect.stringContaining('start a lab') as string,
  });
});

test('who has given too many commands has no more room in a line that they began anew', async () => {
  const { host, cell, store } = await openWithCell();
  const give = (n: number) => host.command(cell, { ...feed, id: `${n}`, value: 70 + (n % 20) }, me);
  await Promise.all(Array.from({ length: 2000 }, (_, n) => give(n)));
  await host.reset(cell, me);
  expect((await give(2000)).status).toBe('too_many_commands');
  const { rows } = await store.db
    .selectFrom('commands')
    .select((is) => is.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  expect(rows).toBe(2000);
});
