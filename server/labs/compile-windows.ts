import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import { instantOf } from './compile-checks.ts';
import type { LabFile } from './format/lab-file.ts';
import type { LabNames, LabWindow } from './judge/expression/lab-scope.ts';

const DAY = 24 * HOUR;

/** Windows in seconds since the start; one that is daily has become one for each day that its end lies in the horizon. */
export function compileWindows({ windows, cell }: Pick<LabFile, 'windows' | 'cell'>): LabNames['windows'] {
  const { start, horizon } = cell;
  return Object.fromEntries(
    Object.entries(windows).flatMap(([name, window]): [string, LabWindow][] => {
      if ('daily' in window) {
        const [from, to] = window.daily;
        const firstUs = (((from - start) % DAY) + DAY) % DAY;
        const lengthUs = (((to - from) % DAY) + DAY) % DAY || DAY;
        const days = Math.max(0, Math.floor((horizon - firstUs - lengthUs) / DAY) + 1);
        return Array.from({ length: days }, (_, k): [string, LabWindow] => {
          const fromS = (firstUs + k * DAY) / SECOND;
          return [`${name}${k + 1}`, { from: fromS, to: fromS + lengthUs / SECOND }];
        });
      }
      const from = instantOf(window.from, start);
      if ('to' in window) return [[name, { from, to: instantOf(window.to, start) }]];
      return [[name, { from, parts: String(window.parts), at: window.at }]];
    }),
  );
}

/** Windows and derived values as expressions know them; a fault that has a name (`as`) is the instant at which it began. */
export function compileNames(file: Pick<LabFile, 'windows' | 'cell' | 'derive' | 'scenario'>): LabNames {
  const named = file.scenario.flatMap((entry) =>
    'fault' in entry && entry.as !== undefined ? [[entry.as, `truth.began("${entry.fault}")`] as const] : [],
  );
  return { windows: compileWindows(file), derive: { ...file.derive, ...Object.fromEntries(named) } };
}
