/** Kills a busy server many times: `node --import tsx test/bench/kill.ts [ROUNDS]`. Prints what was sent and what was lost. */
import { temporaryFolder } from '#test/support/host-for-test.ts';
import { killRounds } from '#test/support/kill-rounds.ts';

const folder = temporaryFolder();
const report = await killRounds(folder.path, Number(process.argv[2] ?? 20));
folder.remove();
console.log(JSON.stringify(report));
