import { connectAsync, type MqttClient } from 'mqtt';
import { topicOfPath } from '#contract/topic.ts';
import type { Me } from '#contract/participant.ts';

const PATIENCE_MS = 10_000;

/** A participant's own MQTT client; it connects for each thing that it does. */
export interface MqttTool {
  /** The first message of a signal, from its own topic or from a subscription to everything. */
  message(prefix: string, signal: string, everything: boolean): Promise<string>;
  /** Asks the line for something and waits for its answer. */
  command(prefix: string, target: string, value: unknown): Promise<void>;
}

export function mqttTool(url: string, { id, key }: Pick<Me, 'id' | 'key'>): MqttTool {
  async function connected<T>(use: (client: MqttClient) => Promise<T>): Promise<T> {
    const client = await connectAsync(url, { username: id, password: key, protocolVersion: 4, reconnectPeriod: 0 });
    try {
      return await use(client);
    } finally {
      await client.endAsync();
    }
  }
  return {
    message: (prefix, signal, everything) =>
      connected(async (client) => {
        const topic = `${prefix}/${topicOfPath(signal)}`;
        const message = next(client, topic);
        await client.subscribeAsync(everything ? '#' : topic);
        return message;
      }),
    command: (prefix, target, value) =>
      connected(async (client) => {
        const request = { id: `proof-${Date.now()}`, target, ...(value !== undefined && { value }) };
        const answer = next(client, `${prefix}/rsp/${request.id}`);
        await client.subscribeAsync(`${prefix}/rsp/${request.id}`);
        await client.publishAsync(`${prefix}/cmd`, JSON.stringify(request));
        await answer;
      }),
  };
}

function next(client: MqttClient, wanted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No message came on ${wanted}.`)), PATIENCE_MS);
    client.on('message', (topic, payload) => {
      if (topic !== wanted) return;
      clearTimeout(timer);
      resolve(payload.toString());
    });
  });
}
