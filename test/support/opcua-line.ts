import { join } from 'node:path';
import {
  ActivateSessionRequest,
  type ClientSession,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { EvidenceEntry } from '#contract/evidence.ts';
import type { HistoryRequest, HistoryResult } from '#contract/history.ts';
import type { ProcessedRequest } from '#contract/processed.ts';
import type { LocalCell } from '#server/cells/local-cell.ts';
import { historyJob } from '#server/jobs/history-job.ts';
import { processedJob } from '#server/jobs/processed-job.ts';
import type { Gate } from '#server/opcua/gate.ts';
import { type OpcUaServer, startOpcUaServer } from '#server/opcua/opcua-server.ts';
import type { Model } from '#simulator/cell/model.ts';
import { temporaryFolder } from './host-for-test.ts';
import { doorkeeperForTest, liveCellForTest, pumpLine } from './live-cell-for-test.ts';
import { type TestClock, testClock } from './test-clock.ts';

export const PANE_SECRET = 'the-workspace-s-own-secret';
export const keyOf = (participant: string): string => `key-of-${participant}`;
export const lineNode = (path: string): string => `ns=2;s=${path}`;

export interface Door {
  readonly policy?: SecurityPolicy;
  readonly mode?: MessageSecurityMode;
  readonly identity?: UserIdentityInfo;
  readonly locale?: string;
  readonly clientName?: string;
  readonly url?: string;
}

export interface OpcUaLine {
  readonly server: OpcUaServer;
  readonly wall: TestClock;
  readonly cells: Readonly<Record<string, LocalCell>>;
  readonly evidence: Readonly<Record<string, EvidenceEntry[]>>;
  readonly log: string[];
  /** A session of node-opcua's own client; closed when the test is over. */
  readonly connect: (participant: string, door?: Door) => Promise<ClientSession>;
  readonly client: (door?: Door) => Promise<OPCUAClient>;
}

interface LineOptions {
  readonly model?: Model;
  /** Model of one participant's cell, where it is not the common one. */
  readonly models?: Readonly<Record<string, Model>>;
  readonly wall?: TestClock;
  readonly publicHost?: string;
  readonly gate?: Gate;
}

/** A server for all tests of a file: its start and its keys take seconds. */
export function useOpcuaLine(
  participants: readonly string[],
  options: () => LineOptions = () => ({}),
): () => OpcUaLine {
  const folder = temporaryFolder();
  let line: OpcUaLine | undefined;
  beforeAll(async () => void (line = await opcuaLine(folder.path, participants, options())));
  afterAll(async () => {
    await line?.server.close();
    folder.remove();
  });
  return () => {
    if (!line) throw new Error('The server has not started.');
    return line;
  };
}

/** A real server before real cells, one for each participant, all on one wall clock. */
export async function opcuaLine(
  dataDir: string,
  participants: readonly string[],
  options: LineOptions = {},
): Promise<OpcUaLine> {
  const { model = pumpLine(), models = {}, wall = testClock(), publicHost = '127.0.0.1', gate } = options;
  const log: string[] = [];
  const made = participants.map((participant, n) => {
    const own = models[participant] ?? model;
    const seed = n + 1;
    const history = (request: HistoryRequest) => recomputed(own, seed, request, () => live.cell.advance());
    const processed = async (request: ProcessedRequest) =>
      processedJob(own, { ...lifeOf(seed), nowUs: live.cell.advance() }, request);
    const live = liveCellForTest({ id: `c-${participant}`, seed, wall, model: own, history, processed });
    return { participant, key: keyOf(participant), ...live };
  });
  const server = await startOpcUaServer({
    ...{ port: 0, host: '127.0.0.1', publicHost, dataDir, now: wall.now, paneSecret: PANE_SECRET },
    models: new Map([['pump-line', model], ...Object.entries(models)]),
    doorkeeper: doorkeeperForTest(made),
    ...(gate && { gate }),
    log: { debug: (text) => log.push(text), info: (text) => log.push(text), warn: (text) => log.push(text) },
  });
  const client = async ({ policy = SecurityPolicy.None, mode = MessageSecurityMode.None, ...door }: Door = {}) => {
    const clientCertificateManager = new OPCUACertificateManager({
      rootFolder: join(dataDir, 'client'),
      automaticallyAcceptUnknownCertificate: true,
    });
    const made = OPCUAClient.create({
      ...{ endpointMustExist: false, securityPolicy: policy, securityMode: mode, clientCertificateManager },
      ...{ connectionStrategy: { maxRetry: 0 }, clientName: door.clientName ?? 'test' },
    });
    await made.connect(door.url ?? server.localUrl);
    onTestFinished(() => atMost(3000, made.disconnect()));
    return made;
  };
  return {
    ...{ server, wall, log, client },
    cells: Object.fromEntries(made.map(({ participant, cell }) => [participant, cell])),
    evidence: Object.fromEntries(made.map(({ participant, kept }) => [participant, kept.evidence])),
    async connect(participant, door = {}) {
      const password = keyOf(participant);
      const made = await client(door);
      const { locale } = door;
      if (locale !== undefined) {
        made.on('send_request', (request) => {
          if (request instanceof ActivateSessionRequest) request.localeIds = [locale];
        });
      }
      const identity = door.identity ?? { type: UserTokenType.UserName, userName: participant, password };
      const session = await made.createSession(identity);
      onTestFinished(() => atMost(3000, session.close()));
      return session;
    },
  };
}

/** History as the workers compute it, of a cell that was given no commands. */
async function recomputed(
  model: Model,
  seed: number,
  request: HistoryRequest,
  nowUs: () => number,
): Promise<HistoryResult> {
  return historyJob(model, { ...lifeOf(seed), nowUs: nowUs() }, request);
}

const lifeOf = (seed: number) => ({
  definition: '',
  seed: seed.toString(16).padStart(16, '0'),
  scenario: [],
  log: [],
  checkpoint: undefined,
});

/** A client that lost its session tries for ever to get another; its end is not worth waiting for. */
async function atMost(ms: number, end: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([end.catch(() => {}), new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

/** Waits for something that comes over the wire. */
export async function until<T>(look: () => T | undefined | false, what: string, withinMs = 10_000): Promise<T> {
  for (const endMs = Date.now() + withinMs; Date.now() < endMs;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what} did not come within ${withinMs} ms.`);
}
