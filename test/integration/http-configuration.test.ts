import { expect, onTestFinished, test } from 'vitest';
import type { ClockState } from '#contract/clock.ts';
import type { Configuration } from '#contract/configuration.ts';
import type { CellView } from '#contract/cell-view.ts';
import type { HistoryResult } from '#contract/history.ts';
import type { Moment } from '#contract/moment.ts';
import { startServer } from '#test/support/start-server.ts';

async function open() {
  const server = await startServer();
  onTestFinished(() => server.close());
  const ann = await server.tryIt();
  const cell = `/cells/${ann.me.cell}`;
  const get = async <T>(path: string) => (await ann.send('GET', `${cell}${path}`)).body as T;
  return { server, ann, cell, get };
}

test(
  'the configuration names present and usual values, and who changed what and when',
  { timeout: 60_000 },
  async () => {
    const { ann, cell, get } = await open();
    const find = async (path: string) =>
      (await get<Configuration>('/configuration')).settings.find((setting) => setting.path === path);
    expect(await find('ST03.Program.Feed')).toEqual({ path: 'ST03.Program.Feed', value: 100, usual: 100 });
    const { body } = await ann.send('POST', `${cell}/commands`, { id: 'f', target: 'ST03.Program.Feed', value: 90 });
    expect(await find('ST03.Program.Feed')).toMatchObject({
      ...{ value: 90, usual: 100 },
      changed: { actor: ann.me.id, via: 'http', atUs: body.atUs },
    });
    await ann.send('POST', `${cell}/commands`, { id: 'g', target: 'ST03.Program.Feed', value: 5000 });
    expect(await find('ST03.Program.Feed')).toMatchObject({ value: 90 });
    const view = await get<CellView>('');
    const shown = view.stations.flatMap(({ parameters }) => parameters.map(({ path }) => path));
    const { settings } = await get<Configuration>('/configuration');
    expect(settings.map(({ path }) => path).sort()).toEqual(shown.sort());
  },
);

test('a past moment has what history has, and the future none', { timeout: 60_000 }, async () => {
  const { ann, cell, get } = await open();
  const clock = await get<ClockState>('/clock');
  const atUs = Math.floor(clock.simUs / 1e6 - 600) * 1e6;
  const view = await get<CellView>('');
  const moment = await get<Moment>(`/moment?atUs=${atUs}`);
  expect(moment.values).toHaveLength(view.signals.length);
  expect(moment.motion.length).toBeGreaterThan(20);
  const signals = ['ST03.Spindle.Temperature', 'ST03.State.Current', 'ST12.Air.Pressure'];
  const { body } = await ann.send('POST', `${cell}/history`, { signals, fromUs: atUs, toUs: atUs, everyS: 1 });
  for (const { signal, values } of (body as unknown as HistoryResult).columns) {
    const place = view.signals.findIndex(({ path }) => path === signal);
    expect(moment.values[place], signal).toBe(values.at(-1));
    expect(moment.tUs[place]).toBeLessThanOrEqual(atUs);
  }
  const { status } = await ann.send('GET', `${cell}/moment?atUs=${clock.simUs + 3_600_000_000}`);
  expect(status).toBe(400);
  expect((await ann.send('POST', `${cell}/step`, { by: 'event' })).status).toBe(409);
});
