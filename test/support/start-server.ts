import { Me } from '#contract/participant.ts';
import type { Config } from '#server/config.ts';
import { openServer, type RunningServer } from '#server/main.ts';
import { temporaryFolder } from './host-for-test.ts';

export interface ServerForTest extends RunningServer {
  readonly dataDir: string;
  /** A participant as a browser sees itself after *Try it*. */
  tryIt(): Promise<ApiClient>;
  /** Whoever sends these headers. */
  client(headers?: Record<string, string>): ApiClient;
}

export interface ApiClient {
  readonly me: Me;
  readonly headers: Readonly<Record<string, string>>;
  /** `path` is below /api; the answer's JSON is in `body`. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
}

/** What comes from outside has no type; each test says what it expects. */
export interface Loose {
  readonly [key: string]: Loose;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Loose;
}

/** What differs from the configuration of tests, and a wall clock that the test may move. */
export interface ServerOptions extends Partial<Config> {
  readonly now?: () => number;
}

/** The whole server on free ports of this machine, with a data folder of its own that goes when it is closed. */
export async function startServer({ now, ...more }: ServerOptions = {}): Promise<ServerForTest> {
  const folder = temporaryFolder();
  const config = testConfig(folder.path, more);
  const server = await openServer(config, now).catch((error: unknown) => {
    folder.remove();
    throw error;
  });
  return {
    ...server,
    dataDir: config.dataDir,
    client: (headers = {}) => apiClient(server.pageUrl, headers),
    tryIt: () => tryItAt(server.pageUrl),
    async close() {
      await server.close();
      folder.remove();
    },
  };
}

export const testConfig = (dataDir: string, more: Partial<Config> = {}): Config => ({
  ...{ host: '127.0.0.1', publicHost: '127.0.0.1', httpPort: 0, opcuaPort: 0, mqttPort: 0 },
  ...{ dataDir, workers: 1, logLevel: 'error' as const },
  ...more,
});

/** Presses *Try it* on the page of a server. */
export async function tryItAt(pageUrl: string): Promise<ApiClient> {
  const response = await fetch(`${pageUrl}/api/try`, { method: 'POST', headers: { origin: pageUrl } });
  const me = Me.parse(await response.json());
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0];
  return apiClient(pageUrl, { cookie, origin: pageUrl }, me);
}

export function apiClient(pageUrl: string, headers: Record<string, string>, me?: Me): ApiClient {
  return {
    headers,
    get me() {
      if (!me) throw new Error('Nobody is signed in.');
      return me;
    },
    async send(method, path, body, more = {}) {
      const response = await fetch(`${pageUrl}/api${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text) as Loose };
    },
  };
}

/** As tools sign in. */
export const basic = ({ id, key }: Pick<Me, 'id' | 'key'>): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${key}`).toString('base64')}`,
});
