import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { GivenArguments } from '#server/command-line.ts';
import { LineItem } from '#server/opcua/line-item.ts';
import { startOpcUaServer } from '#server/opcua/opcua-server.ts';
import type { Row } from './measure.ts';
import { type ClientsCount, type ClientsOrder, runClients } from './opcua-clients.ts';
import { wireCells } from './wire-cells.ts';

/** The line stands still for so long after the load, so that what is under way arrives, in publishing intervals. */
const SETTLE_INTERVALS = 4;
/** The first seconds after the last client came in are a figure of their own: the engine still compiles. */
const WARM_UP_MS = 10_000;
const RAMP = 1.25;
const LATENCY_SLACK_MS = 100;

interface Load {
  readonly clients: number;
  readonly items: number;
  readonly intervalMs: number;
  readonly seconds: number;
}

/**
 * Encrypted sessions with a subscription each, of real clients in a second process. CPU and memory are those of the
 * process of the server, with its cells. `--ramp` goes on with more clients as long as every value arrives, and in time.
 */
export async function benchOpcua(given: GivenArguments): Promise<Row[]> {
  if (given.text('role') === 'clients') return runClients();
  const load: Load = {
    clients: Math.round(given.number('clients', 300)),
    items: Math.round(given.number('items', 50)),
    intervalMs: given.number('interval', 1000),
    seconds: given.number('seconds', 30),
  };
  let rows = await measured(load);
  while (given.flag('ramp') && holds(rows, load)) {
    const more = { ...load, clients: Math.ceil(valueOf(rows, 'clients') * RAMP) };
    const next = await measured(more);
    if (!holds(next, more)) break;
    rows = next;
  }
  return rows;
}

const valueOf = (rows: readonly Row[], name: string): number =>
  rows.find(({ measure }) => measure === name)?.value ?? NaN;

const holds = (rows: readonly Row[], { intervalMs }: Load): boolean =>
  valueOf(rows, 'deliveredRatio') === 1 && valueOf(rows, 'p99Ms') <= intervalMs + LATENCY_SLACK_MS;

async function measured({ clients, items, intervalMs, seconds }: Load): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'verkstad-bench-'));
  const recorded = countRecorded();
  const cells = wireCells(clients);
  const { users, model, doorkeeper } = cells;
  const server = await startOpcUaServer({
    ...{ port: 0, host: '127.0.0.1', publicHost: '127.0.0.1', dataDir, models: new Map([['line', model]]) },
    ...{ doorkeeper, now: Date.now, log: { debug() {}, info() {}, warn() {} } },
  });
  const before = await memory();
  const child = fork(process.argv[1], ['bench', 'opcua', '--role', 'clients'], {
    stdio: ['ignore', 'ignore', 2, 'ipc'],
  });
  const order: ClientsOrder = {
    ...{ url: server.localUrl, folder: join(dataDir, 'clients'), users, intervalMs },
    nodeIds: spread(model.signals.length, items).map((n) => `ns=2;s=${model.signals[n].path}`),
  };
  const ask = async (question: 'measure' | 'count'): Promise<ClientsCount> => {
    child.send(question);
    return ((await once(child, 'message')) as [ClientsCount])[0];
  };
  try {
    child.send(order);
    await once(child, 'message');
    await ask('measure');
    const warmUpPercent = await corePercent(() => pause(WARM_UP_MS));
    await ask('measure');
    const [loadCount, loadMs] = [recorded.count, performance.now()];
    const steadyPercent = await corePercent(() => pause(seconds * 1000));
    const perSecond = ((recorded.count - loadCount) / (performance.now() - loadMs)) * 1000;
    const seen = await ask('measure');
    const after = await memory();
    cells.isRunning = false;
    await pause(SETTLE_INTERVALS * intervalMs);
    const { values } = await ask('count');
    return [
      { measure: 'clients', value: server.sessions, unit: '1' },
      { measure: 'deliveredRatio', value: values / recorded.count, unit: '1' },
      { measure: 'warmUpCorePercent', value: warmUpPercent, unit: '%' },
      { measure: 'corePercent', value: steadyPercent, unit: '%' },
      { measure: 'clientsCorePercent', value: seen.cpuMs / 10 / seconds, unit: '%' },
      { measure: 'rssMb', value: after.rss / 1e6, unit: 'MB' },
      { measure: 'sessionKb', value: (after.heap - before.heap) / 1000 / users.length, unit: 'kB' },
      { measure: 'p50Ms', value: seen.p50Ms, unit: 'ms' },
      { measure: 'p99Ms', value: seen.p99Ms, unit: 'ms' },
      { measure: 'valuesPerSecond', value: perSecond, unit: '1/s' },
    ];
  } finally {
    recorded.stop();
    if (child.connected) child.send('end');
    await once(child, 'exit');
    cells.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** CPU time of this process, with all its threads, as a share of the time that something takes. */
async function corePercent(of: () => Promise<unknown>): Promise<number> {
  const [cpu, ms] = [process.cpuUsage(), performance.now()];
  await of();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 10 / (performance.now() - ms);
}

/** Places spread over all there are, so that every station and every kind of signal is among them. */
const spread = (length: number, wanted: number): number[] =>
  Array.from({ length: Math.min(wanted, length) }, (_, n) => Math.floor((n * length) / Math.min(wanted, length)));

/** Memory of this process; of the heap only what is in use. */
async function memory(): Promise<{ rss: number; heap: number }> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await pause(100);
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

/** How many values the items took up, their first ones with them: as many have to arrive. */
function countRecorded(): { readonly count: number; stop(): void } {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the item as `this` below
  const { recordValue } = LineItem.prototype;
  let count = 0;
  LineItem.prototype.recordValue = function (...given) {
    const isRecorded = recordValue.apply(this, given);
    if (isRecorded) count += 1;
    return isRecorded;
  };
  return {
    get count() {
      return count;
    },
    stop: () => void (LineItem.prototype.recordValue = recordValue),
  };
}
