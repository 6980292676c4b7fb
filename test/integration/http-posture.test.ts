import { afterAll, beforeAll, expect, test } from 'vitest';
import { basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server.close());

let count = 0;
const order = (target: string, value?: unknown) => ({ id: `o${++count}`, target, value });

test('a program with a key has the role that the posture gives it, is told 403, and can always take hardening back', async () => {
  const page = await server.tryIt();
  const program = server.client(basic(page.me));
  const path = `/cells/${page.me.cell}/commands`;
  expect(await page.send('POST', path, order('Security.Http.Role', 'observer'))).toMatchObject({
    body: { status: 'done' },
  });
  const refused = await program.send('POST', path, order('ST03.Hold'));
  expect(refused).toMatchObject({
    status: 403,
    body: { code: 'not_allowed', detail: 'The role of this user may not do that.' },
  });
  expect(refused.body.hint).toMatch(/Security/);
  // The page itself is never kept out.
  expect((await page.send('POST', path, order('ST03.Program.Feed', 90))).body.status).toBe('done');
  expect((await program.send('POST', path, order('Security.Http.Role', 'engineer'))).body.status).toBe('done');
  expect((await program.send('POST', path, order('ST03.Program.Feed', 91))).body.status).toBe('done');
});

test('with every door hardened as far as it goes, the page still shows and changes the cell', async () => {
  const page = await server.tryIt();
  const path = `/cells/${page.me.cell}/commands`;
  const all: [string, unknown][] = [
    ['Policy.None', 'denied'],
    ['Mode.Sign', 'denied'],
    ['PinCertificate', 'ab'.repeat(20)],
    ['Anonymous.Role', 'none'],
    ['Key.Role', 'observer'],
    ['Http.Role', 'observer'],
    ['Mqtt.Plain', 'denied'],
    ['Mqtt.Commands', 'nobody'],
    ['Mqtt.FreshWithin', 1],
    ...['operator', 'gateway', 'historian', 'integrator'].map((name): [string, unknown] => ['DisableAccount', name]),
  ];
  for (const [name, value] of all) {
    expect((await page.send('POST', path, order(`Security.${name}`, value))).body.status, name).toBe('done');
  }
  const pane = await page.send('POST', `/cells/${page.me.cell}/opcua/session`, {
    ...{ policy: 'Basic256Sha256', mode: 'SignAndEncrypt' },
  });
  expect(pane.status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(pane.body)).toMatch(/BadCertificateUntrusted|not among|posture/);
  expect((await page.send('GET', `/cells/${page.me.cell}`)).status).toBe(200);
  expect((await page.send('POST', path, order('Security.UnpinCertificate', 'ab'.repeat(20)))).body.status).toBe('done');
  expect((await page.send('POST', path, order('Security.Policy.None', 'allowed'))).body.status).toBe('done');
  const taken = await page.send('GET', `/cells/${page.me.cell}/captures/Security.Access`);
  expect(taken.status).toBe(200);
});
