/**
 * What cells cost that nobody listens to: `node --expose-gc --import tsx test/bench/idle-cells.ts [CELLS] [SECONDS]`.
 * Prints CPU time as a share of one core, and resident memory beside that of the same process with one cell.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { hostForTest, temporaryFolder } from '#test/support/host-for-test.ts';

const [count = 1_000, seconds = 20] = process.argv.slice(2).map(Number);
const folder = temporaryFolder();
let offsetMs = 0;
const now = () => Date.now() + offsetMs;
const wall = { now, forward: () => {}, leap: () => {}, onTick: () => {} };
const { host, participants, close } = await hostForTest(folder.path, wall);

const rssMb = async (): Promise<number> => {
  // The collector tidies up after the opening for a while; that is not what idle cells cost.
  for (let n = 0; n < 100; n++) {
    if (n % 30 === 0) globalThis.gc?.();
    await wait(100);
  }
  return process.memoryUsage.rss() / 2 ** 20;
};
const corePercent = async (): Promise<number> => {
  const before = process.cpuUsage();
  const startMs = performance.now();
  await wait(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - startMs);
};
const print = (measure: string, value: number, unit: string) => console.log(`${measure}  ${value.toFixed(2)} ${unit}`);

await participants.add('p-0', now());
await host.openSandbox('p-0');
const baseMb = await rssMb();
print('idle.base', await corePercent(), '% of a core');

const startMs = performance.now();
for (let n = 1; n <= count; n++) {
  await participants.add(`p-${n}`, now());
  await host.openSandbox(`p-${n}`);
}
print('open', (performance.now() - startMs) / count, 'ms a cell');
print('awake.rss', (await rssMb()) - baseMb, `MB for ${count} cells`);
print('awake.cpu', await corePercent(), '% of a core');

offsetMs = 11 * 60_000;
while (host.awakeCells > 0) await wait(500);
print('parked.rss', (await rssMb()) - baseMb, `MB for ${count} cells`);
print('parked.cpu', await corePercent(), '% of a core');

await close();
folder.remove();
