import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataType } from 'node-opcua';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { copyLabs } from '#test/support/lab-copies.ts';
import { until } from '#test/support/opcua-line.ts';
import { type ApiClient, type ServerForTest, startServer } from '#test/support/start-server.ts';
import { mqttSession, opcuaSession } from '#test/support/wire-session.ts';

const LABS = fileURLToPath(new URL('../../../labs', import.meta.url));
const WHY = /This lab does not show ST03\.Spindle\.Temperature/;
const folder = temporaryFolder();
let server: ServerForTest;
let ann: ApiClient;
let cell: string;
beforeAll(async () => {
  const labsDir = join(folder.path, 'labs');
  copyLabs(LABS, labsDir);
  const file = join(labsDir, 'iiot/first-steps/lab.yaml');
  // An alarm of a concealed signal that comes as soon as the mill has warmed up a little.
  const cellOf = `  speed: [1, 100]
  conceal: [ST03.Spindle.Temperature]
  set: { Alarms.alarms.SpindleHot.enabled: true, Alarms.alarms.SpindleHot.limit: 25 }
`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('  speed: [1, 100]\n', cellOf));
  server = await startServer({ labsDir, workers: 1 });
  ann = await server.tryIt();
  const { body } = await ann.send('POST', '/attempts', { lab: 'iiot/first-steps' });
  cell = body.cell as unknown as string;
}, 120_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

const spy = { id: 'spy', when: 'ST03.Spindle.Temperature > 30', do: 'alarm' };

test('MQTT tells nothing of the alarm of a concealed signal, and why a rule may not read it', async () => {
  const { client, got } = await mqttSession({ server, ann, cell });
  await client.subscribeAsync(['nordpump/halmstad/pumps/line1/#', 'spBv1.0/#']);
  const cmd = 'nordpump/halmstad/pumps/line1/cmd';
  await client.publishAsync(cmd, JSON.stringify({ id: 'w1', target: 'Rules.Define', value: spy }), { qos: 1 });
  const answer = () => got.find((text) => text.includes('/rsp') && text.includes('w1'));
  await until(() => answer() !== undefined, 'the answer', 30_000);
  expect(answer()).toMatch(WHY);
  const { status } = await ann.send('POST', `/cells/${cell}/run-until`, { simUs: 4800e6 });
  expect(status).toBe(200);
  await until(() => got.some((text) => /events\/ST03\/PartDone/.test(text)), 'events', 30_000);
  await client.endAsync(true);
  expect(got.filter((text) => /events\/Alarms\/Alarm/.test(text))).toEqual([]);
  for (const text of got.filter((one) => /ST03\/Spindle\/Temperature |Alarms\/SpindleHot\/State /.test(one)))
    expect(text).toMatch(/"v":null|BadNoCommunication/);
}, 120_000);

test('OPC UA gives no value of it, and says why in words where a call can carry them', async () => {
  const { session, end } = await opcuaSession({ server, ann, cell });
  const node = (path: string) => `ns=2;s=${path}`;
  for (const path of ['ST03.Spindle.Temperature', 'Alarms.SpindleHot.State', 'Alarms.Active']) {
    const value = await session.read({ nodeId: node(path) });
    expect([path, value.statusCode.name]).toEqual([path, 'BadNoCommunication']);
  }
  const [past] = await session.readHistoryValue([node('ST03.Spindle.Temperature')], new Date(0), new Date());
  expect(past.statusCode.name).toBe('BadUserAccessDenied');
  const called = await session.call({
    ...{ objectId: node('Rules'), methodId: node('Rules.Define') },
    inputArguments: [{ dataType: DataType.String, value: JSON.stringify(spy) }],
  });
  expect(called.statusCode.name).toBe('BadUserAccessDenied');
  const reason = await session.read({ nodeId: node('LastRefusal') });
  expect(JSON.stringify(reason.value.value)).toMatch(WHY);
  await end();
}, 120_000);
