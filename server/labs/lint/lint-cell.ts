import { fitsGlob } from '#contract/glob.ts';
import { like, type Linting } from './tell.ts';

/** Parts of the screen that can be concealed. */
export const PANES = [
  'pane.trends',
  'pane.trends.mean',
  'pane.3d.energy',
  'pane.kpis',
  'pane.captures',
  'pane.whatIf',
  'pane.data',
];

/** The line of the lab: its base, its times, and what it conceals. */
export function lintCell({ lab, cell, tell }: Linting): void {
  const { base, start, open, horizon, speed, conceal } = lab.cell;
  if (!cell) {
    tell(['cell', 'base'], 'unknown-cell', `there is no cell "${base}" in labs/cells`);
    return;
  }
  if (cell.startUs !== start)
    tell(['cell', 'start'], 'wrong-start', `the cell "${base}" starts at another time of the week`);
  if (speed[0] > speed[1]) tell(['cell', 'speed'], 'wrong-speed', 'the slowest speed comes first, then the fastest');
  const WEEK = 7 * 24 * 3600 * 1e6;
  if (open !== undefined && (open - start + WEEK) % WEEK > horizon)
    tell(['cell', 'open'], 'beyond-horizon', 'the cell opens after its horizon: make the horizon longer');
  const known = [...cell.signals.keys(), ...cell.captures, ...cell.events, ...cell.openTargets, ...PANES];
  for (const [k, glob] of conceal.entries())
    if (!known.some((name) => fitsGlob(name, glob)))
      tell(['cell', 'conceal', k], 'conceals-nothing', `the cell has nothing that fits "${glob}"${like(glob, known)}`);
}
