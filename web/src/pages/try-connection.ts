import type { Me } from '#contract/participant.ts';
import { call } from '../live/api.ts';
import { openMqtt } from '../live/mqtt-client.ts';

export interface HttpTrial {
  readonly version: string;
  readonly requests: number;
  readonly medianMs: number;
}

const REQUESTS = 5;
export const PATIENCE_S = 10;

/** Asks for a small answer some times, one after the other. Throws RequestProblem. */
export async function tryHttp(): Promise<HttpTrial> {
  const tookMs: number[] = [];
  let version = '';
  for (let k = 0; k < REQUESTS; k++) {
    const began = performance.now();
    ({ version } = await call('health', {}));
    tookMs.push(performance.now() - began);
  }
  tookMs.sort((a, b) => a - b);
  return { version, requests: REQUESTS, medianMs: tookMs[Math.floor(REQUESTS / 2)] };
}

export interface WebSocketTrial {
  /** Undefined if the broker was not reached in time. */
  readonly connectMs: number | undefined;
  /** Until the first message after that. */
  readonly valueMs: number | undefined;
}

/** Opens a session at the participant's broker and waits for the retained clock of the line. Throws RequestProblem. */
export async function tryWebSocket({ id, cell }: Me): Promise<WebSocketTrial> {
  const { topicPrefix } = await call('cell', { params: { cell } });
  const began = performance.now();
  const client = await openMqtt('screen', id);
  return new Promise((resolve) => {
    let connectMs: number | undefined;
    const end = (valueMs: number | undefined) => {
      clearTimeout(timer);
      client.end(true);
      resolve({ connectMs, valueMs });
    };
    const timer = setTimeout(() => end(undefined), PATIENCE_S * 1000);
    client.on('connect', () => {
      connectMs ??= performance.now() - began;
      client.subscribe(`${topicPrefix}/Clock`, { qos: 0 });
    });
    client.on('message', () => end(performance.now() - began - (connectMs ?? 0)));
    client.on('error', () => undefined);
  });
}
