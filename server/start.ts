import type { CliCommand } from './command-line.ts';

/** `npm start` is this. The server is loaded only now: the other commands do not wait for it. */
export const startCommand: CliCommand = {
  usage: 'start',
  options: {},
  async run() {
    const { start } = await import('#server/main.ts');
    await start();
  },
};
