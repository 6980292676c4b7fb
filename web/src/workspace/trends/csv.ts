import { call } from '../../live/api.ts';
import type { CellSession } from '../../live/cell-session.ts';
import type { Range } from './chart-data.ts';

/** Rows of one answer; the server cuts longer ones. */
const ROWS_AT_ONCE = 20_000;

/** Values that held each second of a stretch, a column for each signal, a decimal point whatever the language. */
export async function csvOf(session: CellSession, paths: readonly string[], { fromMs, toMs }: Range): Promise<string> {
  const { clock, cell } = session;
  const lines = [['time', ...paths].join(',')];
  const endUs = Math.min(clock.usOf(toMs), clock.nowUs());
  const rowUs = 1_000_000;
  let fromUs = Math.max(0, Math.ceil(clock.usOf(fromMs) / rowUs) * rowUs);
  while (fromUs <= endUs) {
    const toUs = Math.min(endUs, fromUs + (ROWS_AT_ONCE - 1) * rowUs);
    const { columns } = await call('history', {
      params: { cell: cell.id },
      body: { signals: [...paths], fromUs, toUs, everyS: 1 },
    });
    for (const [k, tUs] of columns[0].tUs.entries()) {
      lines.push([new Date(clock.epochMs(tUs)).toISOString(), ...columns.map(({ values }) => values[k])].join(','));
    }
    fromUs = (columns[0].tUs.at(-1) ?? toUs) + rowUs;
  }
  return `${lines.join('\r\n')}\r\n`;
}

export async function downloadCsv(session: CellSession, paths: readonly string[], range: Range): Promise<void> {
  const url = URL.createObjectURL(new Blob([await csvOf(session, paths, range)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `verkstad-${new Date(range.fromMs).toISOString().slice(0, 16).replace(':', '')}.csv`;
  link.click();
  // The browser has taken the blob over by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
