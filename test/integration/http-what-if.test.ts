import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import type { Problem } from '#contract/problem.ts';
import { WhatIfResult } from '#contract/what-if.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;

const fasterBelt = { name: 'Faster belt', changes: [{ target: 'ST02.Belt.Speed', value: 0.3, unit: 'm/s' }] };
const asItIs = { name: 'As it is', changes: [] };
const request = { variants: [asItIs, fasterBelt], hours: 2, forks: 8 };

beforeAll(async () => {
  server = await startServer({ workers: 2 });
  me = await server.tryIt();
});
afterAll(() => server.close());

const ask = (body: object, client = me) => client.send('POST', `/cells/${me.me.cell}/what-if`, body);

test('a what-if says what comes of a change, with intervals and the difference to the first variant', async () => {
  const asked = await ask(request);
  expect(asked.status).toBe(200);
  const { variants, figures, fromUs, toUs, forks } = WhatIfResult.parse(asked.body);
  expect(forks).toBe(8);
  expect(toUs - fromUs).toBe(2 * HOUR);
  expect(variants.map(({ name }) => name)).toEqual(['As it is', 'Faster belt']);
  expect(figures.map(({ name }) => name)).toContain('throughputPerHour');
  for (const { means } of variants) {
    for (const { name } of figures) {
      const { n, mean, low = NaN, high = NaN } = means[name];
      expect(n).toBe(8);
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
    }
  }
  expect(variants[0]).not.toHaveProperty('differences');
  const { mean, gain = 0 } = variants[1].differences?.throughputPerHour ?? { mean: NaN };
  expect(mean).toBeCloseTo(variants[1].means.throughputPerHour.mean - variants[0].means.throughputPerHour.mean, 9);
  expect(gain).toBeGreaterThan(5);
});

test('the line itself is left as it is, and the question is evidence', async () => {
  const cell = me.me.cell;
  const live = (await server.host.find(cell))!;
  const before = live.log.length;
  await ask(request);
  expect(live.log.length).toBe(before);
  const entries = (await server.host.evidence(cell)).filter(({ kind }) => kind === 'what-if');
  expect(entries.at(-1)).toMatchObject({
    ...{ kind: 'what-if', participant: me.me.id, client: 'pane', forks: 8, hours: 2, variants: 2 },
    targets: ['ST02.Belt.Speed'],
  });
});

test('what is wrong with a change is said as the command itself would say it', async () => {
  const change = { target: 'ST02.Belt.Speed', value: 9 };
  const command = await me.send('POST', `/cells/${me.me.cell}/commands`, { id: 'c-1', ...change });
  const asked = await ask({ ...request, variants: [asItIs, { name: 'B', changes: [change] }] });
  expect(asked).toMatchObject({ status: 400, body: { code: 'out_of_range' } });
  const { detail, hint } = asked.body as unknown as Problem;
  expect({ reason: `${detail} ${hint}` }).toEqual({
    reason: `B: ${(command.body as unknown as CommandResult).reason}`,
  });
  const both = [0.2, 0.3].map((value) => ({ target: 'ST02.Belt.Speed', value }));
  const twice = await ask({ ...request, variants: [{ name: 'C', changes: both }] });
  expect(twice.body.detail).toBe('C: it sets ST02.Belt.Speed to 0.2 and to 0.3.');
  const hidden = await ask({
    ...request,
    variants: [{ name: 'D', changes: [{ target: 'ST03.wearFactor', value: 2 }] }],
  });
  expect(hidden).toMatchObject({ status: 400, body: { code: 'unknown_target' } });
});

test.each([
  ['too many forks', { ...request, forks: 65 }],
  ['one fork', { ...request, forks: 1 }],
  ['more than a day', { ...request, hours: 25 }],
  ['no time at all', { ...request, hours: 0 }],
  ['no variant', { ...request, variants: [] }],
  ['five variants', { ...request, variants: [1, 2, 3, 4, 5].map((n) => ({ name: `${n}`, changes: [] })) }],
  ['two of one name', { ...request, variants: [asItIs, asItIs] }],
  ['a variant without a name', { ...request, variants: [{ name: ' ', changes: [] }] }],
])('%s is refused before anything runs', async (_, body) => {
  expect((await ask(body)).status).toBe(400);
});

test('nobody asks about the line of somebody else', async () => {
  expect((await ask(request, await server.tryIt())).status).toBe(404);
});

test('neither the answer nor any of its numbers holds the seed of the line', async () => {
  const { body } = await ask(request);
  expect(JSON.stringify(body)).not.toMatch(/seed|luck|scenario|slab|snapshot/i);
});
