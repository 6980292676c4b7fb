import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { Model } from '#simulator/cell/model.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';
import { type MqttLine, mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';

let count = 0;
async function harden({ cells }: MqttLine, participant: string, target: string, value: unknown): Promise<void> {
  const request = { id: `h${++count}`, target: `Security.${target}`, value: value as string };
  expect(await cells[participant].command(request, { actor: participant, via: 'http' })).toMatchObject({
    status: 'done',
  });
}
const refusals = ({ evidence }: MqttLine, participant: string) =>
  evidence[participant].flatMap((entry) => (entry.kind === 'refusal' ? `${entry.what}: ${entry.reason}` : []));

test('MQTT without TLS is refused with return code 5, and those who are in are told why and let go; the page stays', async () => {
  const line = await mqttLine(['p-ann', 'p-bo']);
  const [own, other] = [await line.connect('p-ann'), await line.connect('p-bo')];
  line.cookieOf = 'p-ann';
  const page = await line.connect('p-ann', { url: line.webSocketUrl, password: undefined as never, username: 'p-ann' });
  await page.client.subscribeAsync(`${line.prefix}/refusals`);
  const closed = new Promise<void>((resolve) => own.client.once('close', () => resolve()));
  await harden(line, 'p-ann', 'Mqtt.Plain', 'denied');
  await closed;
  await expect(line.connect('p-ann')).rejects.toMatchObject({ code: 5 });
  await until(() => expect(page.json(`${line.prefix}/refusals`)).toMatchObject({ what: 'connect' }));
  expect(page.json(`${line.prefix}/refusals`)?.reason).toMatch(
    /does not allow MQTT without TLS.*Security\.Mqtt\.Plain/,
  );
  expect(refusals(line, 'p-ann').map((text) => text.split(' of this cell')[0])).toEqual([
    'connection: The security posture',
    'connect: The security posture',
  ]);
  await settle(page);
  await settle(other);
  await harden(line, 'p-ann', 'Mqtt.Plain', 'allowed');
  await line.connect('p-ann');
});

test('who may not publish commands gets not_allowed as the answer, and the line does not move', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, json } = await line.connect('p-ann');
  await client.subscribeAsync([`${line.prefix}/rsp/#`, `${line.prefix}/refusals`, `${line.prefix}/cmd/#`]);
  await harden(line, 'p-ann', 'Mqtt.Commands', 'nobody');
  await client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, '{"id":"a1","value":90}');
  await until(() => expect(json(`${line.prefix}/rsp/a1`)).toMatchObject({ status: 'not_allowed' }));
  expect(json(`${line.prefix}/rsp/a1`)?.reason).toMatch(/may not publish on cmd topics/);
  expect(json(`${line.prefix}/cmd/ST03/Program/Feed`)).toBeUndefined();
  await until(() =>
    expect(json(`${line.prefix}/refusals`)).toMatchObject({ what: `publish ${line.prefix}/cmd/ST03/Program/Feed` }),
  );
  await harden(line, 'p-ann', 'Mqtt.Commands', 'operator');
  await harden(line, 'p-ann', 'Anonymous.Role', 'observer');
  await client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, '{"id":"a2","value":90}');
  await until(() => expect(json(`${line.prefix}/rsp/a2`)).toMatchObject({ status: 'not_allowed' }));
  await harden(line, 'p-ann', 'Anonymous.Role', 'engineer');
  await client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, '{"id":"a3","value":90}');
  await until(() => expect(json(`${line.prefix}/rsp/a3`)).toMatchObject({ status: 'done' }));
});

test('where commands must be fresh, one without a timestamp, an old one and one that came before are refused', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, json } = await line.connect('p-ann');
  await client.subscribeAsync(`${line.prefix}/rsp/#`);
  const send = async (id: string, more: object) => {
    await client.publishAsync(`${line.prefix}/cmd/ST03/Program/Feed`, JSON.stringify({ id, value: 90, ...more }));
    await until(() => expect(json(`${line.prefix}/rsp/${id}`)).toBeDefined());
    return json(`${line.prefix}/rsp/${id}`);
  };
  const iso = (agoS: number) => new Date(line.wall.now() - agoS * 1000).toISOString();
  expect(await send('a0', {})).toMatchObject({ status: 'done' });
  await harden(line, 'p-ann', 'Mqtt.FreshWithin', 30);
  expect(await send('a1', {})).toMatchObject({
    status: 'not_allowed',
    reason: expect.stringMatching(/must be fresh.*"t"/) as string,
  });
  expect(await send('a2', { t: iso(31) })).toMatchObject({ status: 'not_allowed' });
  expect(await send('a3', { t: iso(-31) })).toMatchObject({ status: 'not_allowed' });
  expect(await send('a4', { t: 'now' })).toMatchObject({
    status: 'not_allowed',
    reason: expect.stringMatching(/^t: /) as string,
  });
  expect(await send('a5', { t: iso(1) })).toMatchObject({ status: 'done' });
});

test('commands of an account of the cell are heard on cmd and rsp, with the time that they claim, until they are refused', async () => {
  const scenario = [
    {
      fault: 'replayed-command',
      station: 'ST07',
      command: 'Leak.Limit',
      value: 0.5,
      every: 1,
      age: 90,
      at: '61 min',
      hidden: true,
    },
  ];
  const model = new Model({ ...pumpLine().definition, scenario });
  const line = await mqttLine(['p-ann'], { model });
  const listener = await line.connect('p-ann');
  await listener.client.subscribeAsync('#');
  const topic = `${line.prefix}/cmd/ST07/Leak/Limit`;
  await pass(line, 90_000, 1000);
  await until(() => expect(listener.json(topic)).toMatchObject({ value: 0.5 }));
  const { id, t } = listener.json(topic) as { id: string; t: string };
  expect(id).toMatch(/^gateway-\d+$/);
  expect(line.wall.now() - Date.parse(t)).toBeGreaterThan(90 * 60_000);
  expect(listener.json(`${line.prefix}/rsp/${id}`)).toMatchObject({ status: 'done' });
  expect(listener.json(`${line.prefix}/events/Security/AccessGranted`)).toBeDefined();

  await harden(line, 'p-ann', 'Mqtt.FreshWithin', 60);
  await settle(listener);
  listener.got.length = 0;
  await pass(line, 600_000, 1000);
  await until(() =>
    expect(listener.json(`${line.prefix}/refusals`)).toMatchObject({ what: `publish ${topic}`, actor: 'gateway' }),
  );
  expect(listener.json(topic)).toBeUndefined();
  expect(JSON.stringify(listener.got)).not.toMatch(/replayed-command|scenario/);
  expect(createCell(model, { seed: 1 }).log.length).toBe(0);
});
