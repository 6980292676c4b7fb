import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Definitions } from './cells/definitions.ts';
import { LocalHost } from './cells/local-host.ts';
import { Participants } from './classroom/participants.ts';
import { Tickets } from './classroom/tickets.ts';
import { type Config, readConfig } from './config.ts';
import { principalOfUpgrade } from './http/caller.ts';
import { cellHandlers } from './http/cell-handlers.ts';
import { gradingHandlers } from './http/grading-handlers.ts';
import { expectFreePort, startHttpServer } from './http/http-server.ts';
import { labHandlers } from './http/lab-handlers.ts';
import { paneHandlers } from './http/pane-handlers.ts';
import { participantHandlers } from './http/participant-handlers.ts';
import { reportHandlers } from './http/report-handlers.ts';
import { ticketHandlers } from './http/ticket-handlers.ts';
import { whereaboutsHandlers } from './http/whereabouts-handlers.ts';
import { serverHandlers } from './http/server-handlers.ts';
import { sqlHandlers } from './http/sql-handlers.ts';
import { whatIfHandlers } from './http/what-if-handlers.ts';
import { WorkerPool } from './jobs/worker-pool.ts';
import { createAttempts } from './labs/attempts.ts';
import { catalogueOf } from './labs/catalogue.ts';
import { createGrading } from './labs/grading.ts';
import { loadLabs } from './labs/load.ts';
import { type Logger, openLog } from './log.ts';
import { startMqttDoor } from './mqtt/mqtt-door.ts';
import { LINE_NAMESPACE_URI } from './opcua/line-definition.ts';
import { startOpcUaServer } from './opcua/opcua-server.ts';
import { openPane } from './opcua/pane.ts';
import { projectRoot, versionIn } from './project-root.ts';
import { AttemptsTable } from './store/attempts-table.ts';
import { CellsTable } from './store/cells-table.ts';
import { print } from './print.ts';
import { openDataFolder } from './store/data-folder.ts';
import { openStore } from './store/open-store.ts';
import { ParticipantsTable } from './store/participants-table.ts';
import { ReportsTable } from './store/reports-table.ts';
import { TicketsTable } from './store/tickets-table.ts';
import { WhereaboutsTable } from './store/whereabouts-table.ts';
import { readAuthorities, readTls } from './tls-files.ts';
import { TUNNEL_PATH, TunnelDoor } from './tunnel/tunnel-door.ts';

export interface RunningServer {
  readonly pageUrl: string;
  readonly opcuaUrl: string;
  readonly mqttUrl: string;
  /** With a certificate only. */
  readonly mqttsUrl?: string;
  readonly host: LocalHost;
  readonly participants: Participants;
  /** Lets everyone go and puts all cells to sleep, durably. */
  close(): Promise<void>;
}

/** What was opened is closed in the opposite order, also when something after it could not be opened. */
class Closing {
  private readonly steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.steps.unshift(step);
  }

  async run(log: Logger): Promise<void> {
    for (const step of this.steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        log.error({ err: error }, 'something did not close');
      }
    }
  }
}

/** Puts all parts together and opens the doors. */
export async function openServer(config: Config, now = Date.now): Promise<RunningServer> {
  const log = openLog(config);
  const closing = new Closing();
  try {
    return await compose(config, log, closing, now);
  } catch (error) {
    await closing.run(log);
    throw error;
  }
}

async function compose(config: Config, log: Logger, closing: Closing, now: () => number): Promise<RunningServer> {
  const { host: address, publicHost, dataDir } = config;
  await expectFreePort({ host: address, port: config.httpPort });
  const root = projectRoot();
  const labsDir = config.labsDir ?? join(root, 'labs');
  const folder = await openDataFolder(dataDir);
  closing.add(() => folder.release());
  const store = await openStore(dataDir);
  closing.add(() => store.close());
  const { secret } = folder;

  const cells = new CellsTable(store);
  const definitions = new Definitions(join(labsDir, 'cells'));
  const pool = new WorkerPool({ workers: config.workers, definition: (hash) => cells.definition(hash) });
  closing.add(() => pool.close());
  const host = new LocalHost({ store, cells, definitions, now, runJob: pool.run.bind(pool) });
  closing.add(() => host.close());
  const table = new ParticipantsTable(store);
  const participants = new Participants({ table, cells, findCell: (id) => host.find(id), secret, now });

  const catalogue = (base: string) => {
    const model = definitions.find(base);
    return model && catalogueOf(model);
  };
  const library = loadLabs(labsDir, catalogue);
  for (const problem of library.problems) log.warn(problem, 'a lab has a problem');
  const course = { store: new AttemptsTable(store), host, library, catalogue, secret, now };
  const attempts = createAttempts(course);
  const isParticipant = async (id: string) => (await table.find(id)) !== undefined;
  const grading = createGrading({ ...course, isParticipant });

  const tickets = new Tickets({
    table: new TicketsTable(store),
    attempt: (participant, id) => attempts.view(participant, id, 'en'),
    clock: (cell) => host.clock(cell),
    now,
  });

  const tls = config.tls && { port: config.tls.mqttPort, ...readTls(config.tls) };
  const mqtt = await startMqttDoor({
    ...{ host: address, port: config.mqttPort, doorkeeper: participants, log },
    ...(tls && { tls }),
    ...(config.bridge && {
      bridge: {
        ...config.bridge.address,
        ...(config.bridge.caFile !== undefined && { trust: { ca: readAuthorities(config.bridge.caFile) } }),
      },
      limits: { bridgedSignalsPerSecond: config.bridge.signalsPerSecond },
    }),
  });
  closing.add(() => mqtt.close());
  const bases = new Set(['pump-line', ...[...library.labs.values()].map(({ cell }) => cell.base)]);
  const models = new Map([...bases].map((base) => [base, definitions.patched(base).model]));
  const paneSecret = randomBytes(24).toString('hex');
  const opcua = await startOpcUaServer({
    ...{ host: address, port: config.opcuaPort, publicHost, dataDir, models, doorkeeper: participants, log, now },
    paneSecret,
  });
  closing.add(() => opcua.close());
  const pane = openPane({ opcua, paneSecret, dataDir, log });
  closing.add(() => pane.close());

  const addresses = {
    opcua: { endpointUrl: opcua.endpointUrl, namespaceUri: LINE_NAMESPACE_URI },
    mqtt: { host: publicHost, port: mqtt.port },
  };
  const opcuaHost = ['0.0.0.0', '::'].includes(address) ? '127.0.0.1' : address;
  const tunnels = new TunnelDoor({ doorkeeper: participants, opcua: { host: opcuaHost, port: opcua.port } });
  closing.add(() => tunnels.close());
  const http = await startHttpServer({
    ...{ host: address, port: config.httpPort, webFolder: config.webDir ?? join(root, 'build/web'), log, participants },
    handlers: {
      ...serverHandlers(versionIn(root)),
      ...participantHandlers({ participants, host, attempts }),
      ...labHandlers(attempts),
      ...whereaboutsHandlers(attempts, new WhereaboutsTable(store)),
      ...ticketHandlers(tickets),
      ...gradingHandlers(grading),
      ...reportHandlers(new ReportsTable(store), now),
      ...cellHandlers({ host, attempts, addresses }),
      ...whatIfHandlers(host),
      ...sqlHandlers(host),
      ...paneHandlers(pane, participants),
    },
    async upgradeMqtt(req, socket, head) {
      mqtt.handleUpgrade(req, socket, head, await principalOfUpgrade(req, participants));
    },
    upgrades: { [TUNNEL_PATH]: (req, socket, head) => tunnels.upgrade(req, socket, head) },
  });
  closing.add(() => http.close());
  return {
    ...{ host, participants },
    pageUrl: `http://${bracketed(publicHost)}:${http.port}`,
    opcuaUrl: opcua.endpointUrl,
    mqttUrl: `mqtt://${bracketed(publicHost)}:${mqtt.port}`,
    ...(mqtt.tlsPort !== undefined && { mqttsUrl: `mqtts://${bracketed(publicHost)}:${mqtt.tlsPort}` }),
    close: () => closing.run(log),
  };
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const STOP_WITHIN_MS = 3_000;

/** `npm start`: opens the server, says where it is, and stops in an orderly way when asked to. */
export async function start(config: Config = readConfig(process.env)): Promise<void> {
  const server = await openServer(config);
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    // Everything acknowledged is on the disk already; whatever still hangs then is not worth waiting for.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  print(
    [
      '',
      'Verkstad is running. Open the page and press "Try it".',
      '',
      `  Page     ${server.pageUrl}`,
      `  OPC UA   ${server.opcuaUrl}`,
      `  MQTT     ${server.mqttUrl}`,
      ...(server.mqttsUrl === undefined ? [] : [`           ${server.mqttsUrl}`]),
      `  Data     ${config.dataDir}`,
      '',
      'Stop with Ctrl+C.',
    ].join('\n'),
  );
}
