import { afterAll, beforeAll, expect, test } from 'vitest';
import { RuleTrial } from '#contract/rules.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;
const past = { fromUs: minutes(20), toUs: minutes(55) };
const busy = { id: 'busy', when: 'mean(ST03.Meter.Power, "1 min") > 5', until: 'ST03.Meter.Power < 2', do: 'alarm' };

beforeAll(async () => {
  server = await startServer();
  me = await server.tryIt();
});
afterAll(() => server.close());

const send = (path: string, body: object) => me.send('POST', `/cells/${me.me.cell}/${path}`, body);

test('a rule is tried on the past, and then defined', async () => {
  const tried = await send('rules/trials', { rule: busy, ...past });
  expect(tried.status).toBe(200);
  const { firings } = RuleTrial.parse(tried.body);
  expect(firings.length).toBeGreaterThan(0);
  for (const { firedUs, clearedUs = past.toUs } of firings) {
    expect(firedUs).toBeLessThanOrEqual(past.toUs);
    expect(clearedUs).toBeGreaterThan(past.fromUs);
  }
  const defined = await send('commands', { id: 'd-1', target: 'Rules.Define', value: busy });
  expect(defined).toMatchObject({ status: 200, body: { status: 'done' } });
});

test('a wrong rule is refused with its place, and so is a window that is not past', async () => {
  const wrong = { ...busy, when: 'mean(ST03.Meter.Powr, "1 min") > 5' };
  const tried = await send('rules/trials', { rule: wrong, ...past });
  expect(tried.status).toBe(400);
  expect(JSON.stringify(tried.body)).toContain('1:6: There is no signal');
  const defined = await send('commands', { id: 'd-2', target: 'Rules.Define', value: wrong });
  expect(JSON.stringify(defined.body)).toMatch(/unknown_target.*1:6: There is no signal/);
  const early = await send('rules/trials', { rule: busy, fromUs: 0, toUs: hours(20) });
  expect(early).toMatchObject({ status: 400, body: { code: 'out_of_range' } });
});
