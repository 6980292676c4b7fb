import { print } from '#server/print.ts';
import type { CliCommand } from './command-line.ts';
import { readConfig } from './config.ts';
import { openStore } from './store/open-store.ts';
import { ReportsTable } from './store/reports-table.ts';

/** `verkstad reports`: the barriers that people reported on the page about accessibility. The server may be running. */
export const reportsCommand: CliCommand = {
  usage: 'reports [--json] [--clear]',
  options: { json: { type: 'boolean' }, clear: { type: 'boolean' } },
  async run(given) {
    const store = await openStore(readConfig(process.env).dataDir);
    try {
      const table = new ReportsTable(store);
      const reports = await table.list();
      if (given.flag('json')) print(JSON.stringify(reports, undefined, 2));
      else if (reports.length === 0) print('There are no reports.');
      else {
        for (const { receivedMs, page, contact, text } of reports) {
          print(`${new Date(receivedMs).toISOString()}  ${page || '-'}  ${contact || 'no contact'}\n${text}\n`);
        }
      }
      if (given.flag('clear')) await table.clear();
    } finally {
      await store.close();
    }
  },
};
