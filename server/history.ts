import { createCell } from '#simulator/cell/create-cell.ts';
import { history, walk } from '#simulator/cell/history.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { GOOD } from '#simulator/cell/sample.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { loadModel } from '#server/cells/load.ts';
import type { CliCommand } from './command-line.ts';

const LINES_AT_ONCE = 1000;

/** `verkstad history`: recomputed samples as CSV; times are seconds of plant time. */
export const historyCommand: CliCommand = {
  usage: 'history CELL.yaml --signals A,B [--seed N] [--from 0] [--to 8h] [--every 1s] --csv',
  options: {
    seed: { type: 'string' },
    signals: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    every: { type: 'string' },
    csv: { type: 'boolean' },
  },
  async run(given) {
    const model = loadModel(given.word);
    const paths = (given.text('signals') ?? '').split(',').filter(Boolean);
    if (paths.length === 0) throw given.wrong('--signals is missing');
    const fromUs = given.durationUs('from', '0');
    const toUs = given.durationUs('to', '8h');
    if (toUs < fromUs) throw given.wrong('--to lies before --from');
    const indices = paths.map((path) => model.indexOf(path));
    const cell = createCell(model, { seed: given.seed() });
    cell.runUntil(toUs);
    if (given.text('every') === undefined) {
      print(rawLines(cell, indices, fromUs, toUs));
      return;
    }
    const everyUs = given.durationUs('every', '1s');
    if (everyUs === 0) throw given.wrong('--every wants more than 0');
    print(gridLines(cell, indices, { fromUs, toUs, everyUs }));
  },
};

/** One row per instant, one column per signal; nothing where there was no communication. */
function* gridLines(cell: Cell, indices: readonly number[], window: Parameters<typeof history>[2]): Iterable<string> {
  const silent = new Set<string>();
  const columns = history(cell, indices, window, (column, row, status) => {
    if (status === 'BadNoCommunication') silent.add(`${column} ${row}`);
  });
  yield ['seconds', ...indices.map((index) => cell.model.signals[index].path)].join();
  for (let k = 0; k < columns[0].length; k++) {
    yield [
      (window.fromUs + k * window.everyUs) / SECOND,
      ...columns.map((column, c) => (silent.has(`${c} ${k}`) ? '' : column[k])),
    ].join();
  }
}

/** One row per sample, as they were published. */
function* rawLines(cell: Cell, indices: readonly number[], fromUs: number, toUs: number): Iterable<string> {
  const lines: string[] = [];
  walk(cell, indices, fromUs, toUs, (index, { tUs, value, status = GOOD, stampUs = tUs, copies = 1 }) => {
    const line = [stampUs / SECOND, cell.model.signals[index].path, value, status].join();
    for (let n = 0; n < copies; n++) lines.push(line);
  });
  yield 'seconds,signal,value,status';
  yield* lines;
}

function print(lines: Iterable<string>): void {
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) process.stdout.write(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  for (const line of lines) if (waiting.push(line) >= LINES_AT_ONCE) flush();
  flush();
}
