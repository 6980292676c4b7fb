/** The whole server in a process of its own, which a test may kill: `child-server.ts CONFIG_AS_JSON`. Prints `{"pageUrl"}`. */
import { openServer } from '#server/main.ts';
import type { Config } from '#server/config.ts';

// Whoever started it may die first; then nobody would end it.
process.stdin.resume().on('end', () => process.exit());

const { pageUrl } = await openServer(JSON.parse(process.argv[2]) as Config);
console.log(JSON.stringify({ pageUrl }));
