import { AppError } from '#server/errors.ts';
import { leadLibrariesAway, print } from '#server/print.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { type CliCommand, readArguments, UsageError, usageLines } from './command-line.ts';

interface Entry {
  readonly does: string;
  readonly load: () => Promise<CliCommand>;
}

/** A command is loaded only when it is called, so that a simulation does not wait for the servers. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: { does: 'runs the page, OPC UA and MQTT', load: async () => startCommand },
  simulate: {
    does: 'runs a cell for some hours and says what it made, its hash and what it cost',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  'what-if': {
    does: 'compares a cell with the same cell set differently, with confidence intervals',
    load: async () => (await import('./what-if.ts')).whatIfCommand,
  },
  history: {
    does: 'writes signals of a cell over time as CSV',
    load: async () => (await import('./history.ts')).historyCommand,
  },
  labs: {
    does: 'checks, proves, publishes and regrades labs',
    load: async () =>
      (await import('./labs/cli.ts')).labsCommand(async (...given) => (await import('./main.ts')).openServer(...given)),
  },
  reports: {
    does: 'shows what people reported about accessibility',
    load: async () => (await import('./reports.ts')).reportsCommand,
  },
  connect: {
    does: 'makes OPC UA and MQTT of a server ports of this machine, through its web port',
    load: async () => (await import('./tunnel/connect.ts')).connectCommand,
  },
  bench: {
    does: 'measures the kernel, the judge, OPC UA, MQTT, and SimPy beside them',
    load: async () => (await import('./bench/bench.ts')).benchCommand,
  },
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

async function main([name = 'help', ...rest]: readonly string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) {
    listCommands();
    return;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) throw new UsageError(`There is no command "${name}". Known are ${Object.keys(COMMANDS).join(', ')}.`);
  const command = await entry.load();
  if (rest.includes('--help')) print(usageLines(command.usage).join('\n'));
  else await command.run(readArguments(command, rest));
}

function listCommands(): void {
  for (const [name, { does }] of Object.entries(COMMANDS)) print(`verkstad ${name.padEnd(10)}${does}`);
  print('\n"verkstad COMMAND --help" says what it takes.');
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

leadLibrariesAway();
await main(process.argv.slice(2)).catch(fail);
