import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';
import type { Listener, Received } from './mqtt-line.ts';

/** Somebody of the university who hears everything on their broker. */
export async function watcherOf(
  port: number,
  username: string,
  password: string,
  more: mqtt.IClientOptions = {},
): Promise<Listener> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username, password, ...more });
  onTestFinished(() => void client.end(true));
  const got: Received[] = [];
  client.on('message', (topic, payload, { retain, qos }) => {
    got.push({ topic, text: payload.toString(), bytes: payload, retain, qos });
  });
  await client.subscribeAsync('#', { qos: 1 });
  const json = (topic: string) => {
    const found = got.findLast((one) => one.topic === topic);
    return found && (JSON.parse(found.text) as Record<string, unknown>);
  };
  return { client, got, json };
}
