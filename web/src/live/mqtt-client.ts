import type { MqttClient } from 'mqtt';

export type { MqttClient } from 'mqtt';

/** Where the broker of the signed-in participant listens for browsers. */
export function brokerUrl(): string {
  const { protocol, host } = location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/mqtt`;
}

/** What is sent while a connection closes is lost either way; a browser complains about it in the console. */
class QuietSocket extends WebSocket {
  override send(data: Parameters<WebSocket['send']>[0]): void {
    if (this.readyState < WebSocket.CLOSING) super.send(data);
  }
}

/** Fetches the code of the client before it is needed. */
export const fetchMqtt = () => import('mqtt');

/**
 * A client of the participant's broker; the cookie of the page lets it in. `role` begins its client id, so that the
 * evidence tells the screens' own `screen` from the `pane` in which a participant works.
 */
export async function openMqtt(role: 'screen' | 'pane', participant: string): Promise<MqttClient> {
  const { default: mqtt } = await fetchMqtt();
  return mqtt.connect(brokerUrl(), {
    clientId: `${role}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`,
    username: participant,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 2000,
    connectTimeout: 10_000,
    // The default timers start a worker from a blob, which the content security policy refuses.
    timerVariant: 'native',
    createWebsocket: (url, protocols) => new QuietSocket(url, protocols),
  });
}
