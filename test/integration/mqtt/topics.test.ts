import { expect, test, vi } from 'vitest';
import { mqttLine } from '#test/support/mqtt-line.ts';

test('a new subscriber gets the present value at once, retained, and then each new one', async () => {
  const line = await mqttLine(['p-ann']);
  const { client, got, json } = await line.connect('p-ann');
  const topic = `${line.prefix}/ST03/Motor/Power`;
  await client.subscribeAsync(topic);
  await vi.waitFor(() => expect(got).toHaveLength(1));
  const cell = line.cells['p-ann'];
  const index = cell.model.indexOf('ST03.Motor.Power');
  expect(got[0]).toMatchObject({ topic, retain: true });
  expect(json(topic)).toMatchObject({ v: cell.sample(index).value, u: 'kW', q: 'Good' });
  line.wall.forward(60_000);
  await vi.waitFor(() => expect(json(topic)).toMatchObject({ v: cell.sample(index).value }));
  expect(got.slice(1).every(({ retain }) => !retain)).toBe(true);
});
