import { loadModel } from '#server/cells/load.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { history } from '#simulator/cell/history.ts';
import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { type Row, warmCpuMs } from './measure.ts';

/** What it costs to recompute one analogue signal over a whole shift at 1 Hz. */
export function benchHistory(): Row[] {
  const model = loadModel('labs/cells/pump-line.yaml');
  const cell = createCell(model, { seed: 7 });
  cell.runUntil(8 * HOUR);
  const analogue = model.signals.find(({ kind, path }) => kind === 'continuous' && path.startsWith('ST03.'));
  const indices = [(analogue ?? model.signals[0]).index];
  const window = { fromUs: 0, toUs: 8 * HOUR, everyUs: SECOND };
  const value = warmCpuMs(5, () => void history(cell, indices, window));
  return [{ measure: 'signal8h1Hz.ms', value, unit: 'ms' }];
}
