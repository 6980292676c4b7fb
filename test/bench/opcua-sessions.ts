import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MonitoredItem } from 'node-opcua';
import { startOpcUaServer } from '#server/opcua/opcua-server.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { doorkeeperForTest, liveCellForTest, pumpLine } from '#test/support/live-cell-for-test.ts';

/**
 * Encrypted sessions x items at 1 s: CPU of the server's process, and how many of the values that it recorded arrived.
 * `npx tsx test/bench/opcua-sessions.ts [sessions] [items] [seconds]`
 */
const [sessions = 100, items = 50, seconds = 30] = process.argv.slice(2).map(Number);

let recorded = 0;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the item as `this` below
const { recordValue } = MonitoredItem.prototype;
MonitoredItem.prototype.recordValue = function (...given) {
  const isRecorded = recordValue.apply(this, given);
  if (isRecorded) recorded += 1;
  return isRecorded;
};

const folder = temporaryFolder();
const model = pumpLine();
const ticks: (() => void)[] = [];
const wall = { now: Date.now, forward() {}, leap() {}, onTick: (tick: () => void) => void ticks.push(tick) };
const users = Array.from({ length: sessions }, (_, n) => ({
  ...{ participant: `p-${n}`, key: `key-${n}` },
  cell: liveCellForTest({ id: `c-${n}`, seed: n + 1, wall, model }).cell,
}));
const server = await startOpcUaServer({
  ...{ port: 0, host: '127.0.0.1', publicHost: '127.0.0.1', dataDir: folder.path, models: new Map([['line', model]]) },
  ...{ doorkeeper: doorkeeperForTest(users), now: Date.now, log: { debug() {}, info() {}, warn() {} } },
});
let isRunning = true;
const beat = setInterval(() => {
  if (isRunning) for (const tick of ticks) tick();
}, 100);
/** The cells stand still until all that was recorded has arrived, so that nothing is under way when it is counted. */
const settle = async () => {
  isRunning = false;
  await pause(4000);
};

const clients = fork(fileURLToPath(new URL('./opcua-clients.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
const ask = async (question: string) => {
  clients.send(question);
  const [answer] = (await once(clients, 'message')) as [{ values: number; p99Ms?: number }];
  return answer;
};
clients.send({
  ...{ url: server.localUrl, folder: join(folder.path, 'clients') },
  users: users.map(({ participant, key }) => ({ name: participant, key })),
  nodeIds: model.signals
    .filter((_, n) => n % 5 === 0)
    .slice(0, items)
    .map(({ path }) => `ns=2;s=${path}`),
});
await once(clients, 'message');
await pause(5000);

await settle();
await ask('begin');
isRunning = true;
const startRecorded = recorded;
const startCpu = process.cpuUsage();
const startMs = performance.now();
await pause(seconds * 1000);
const cpu = process.cpuUsage(startCpu);
const wallMs = performance.now() - startMs;
await settle();
const expected = recorded - startRecorded;
const { values, p99Ms } = await ask('count');

const rows = {
  sessions: server.sessions,
  items,
  corePercent: Number(((cpu.user + cpu.system) / 10 / wallMs).toFixed(1)),
  valuesPerSecond: Math.round((expected / wallMs) * 1000),
  deliveredRatio: Number((values / expected).toFixed(4)),
  p99Ms,
  rssMb: Math.round(process.memoryUsage().rss / 1e6),
};
for (const [measure, value] of Object.entries(rows)) console.log(`${measure.padEnd(18)}${value}`);
clearInterval(beat);
clients.send('end');
await once(clients, 'exit');
await server.close();
folder.remove();
