import { AppError } from '#server/errors.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { type CliCommand, readArguments, UsageError } from './command-line.ts';

/** A command is loaded only when it is called, so that a simulation does not wait for the servers. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  start: async () => startCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  'what-if': async () => (await import('./what-if.ts')).whatIfCommand,
  history: async () => (await import('./history.ts')).historyCommand,
  labs: async () =>
    (await import('./labs/cli.ts')).labsCommand(async (...given) => (await import('./main.ts')).openServer(...given)),
  reports: async () => (await import('./reports.ts')).reportsCommand,
  connect: async () => (await import('./tunnel/connect.ts')).connectCommand,
  bench: async () => (await import('./bench/bench.ts')).benchCommand,
};

/** `npm start` is this. */
const startCommand: CliCommand = {
  usage: 'start',
  options: {},
  async run() {
    const { start } = await import('./main.ts');
    await start();
  },
};

async function main([name = '', ...rest]: readonly string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) return printUsage();
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    const wrong = name === '' ? 'No command was given' : `There is no command "${name}"`;
    throw new UsageError(`${wrong}. Known are ${Object.keys(COMMANDS).join(', ')}.`);
  }
  const command = await load();
  if (rest.includes('--help')) console.log(`verkstad ${command.usage}`);
  else await command.run(readArguments(command, rest));
}

async function printUsage(): Promise<void> {
  for (const load of Object.values(COMMANDS)) console.log(`verkstad ${(await load()).usage}`);
}

/** What the caller can do something about is a sentence; anything else is a bug and shows where it comes from. */
function fail(error: unknown): void {
  if (error instanceof UsageError) tell(error.message, 2);
  else if (error instanceof AppError) tell(`${error.message}\n${error.hint}`, 1);
  else if (error instanceof Refusal) tell(error.message, 1);
  else throw error;
}

function tell(sentence: string, exitCode: number): void {
  console.error(`verkstad: ${sentence}`);
  process.exitCode = exitCode;
}

// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await main(process.argv.slice(2)).catch(fail);
