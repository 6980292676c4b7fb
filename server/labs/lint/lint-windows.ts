import { SECOND } from '#simulator/kernel/time.ts';
import { lintExpression } from './lint-expression.ts';
import { like, type Linting } from './tell.ts';

/** Windows, derived values and conditions of fairness. */
export function lintWindows(linting: Linting): void {
  const { lab, names, cell, tell } = linting;
  for (const [name, window] of Object.entries(lab.windows)) {
    const path = ['windows', name];
    if (Object.hasOwn(lab.vars, name)) tell(path, 'twice', `"${name}" is a variable too`, { atKey: true });
    if ('daily' in window) {
      if (!Object.hasOwn(names.windows, `${name}1`))
        tell(path, 'beyond-horizon', `no "${name}" ends within the horizon: make the horizon longer`, { atKey: true });
      continue;
    }
    for (const key of ['from', 'to'] as const) {
      const at = key === 'from' ? window.from : 'to' in window ? window.to : undefined;
      if (at && 'cel' in at) lintExpression(linting, at.cel, [...path, key]);
    }
    if ('parts' in window) {
      if (typeof window.parts === 'string') lintExpression(linting, window.parts, [...path, 'parts']);
      if (cell && !cell.events.has(`${window.at}.PartDone`))
        tell(
          [...path, 'at'],
          'unknown-station',
          `no station "${window.at}" counts parts${like(window.at, cell.stations.keys())}`,
        );
      continue;
    }
    const made = names.windows[name];
    if (!('to' in made) || typeof made.from !== 'number' || typeof made.to !== 'number') continue;
    if (made.to <= made.from) tell([...path, 'to'], 'empty-window', `"${name}" ends before it begins`);
    if (made.to * SECOND > lab.cell.horizon)
      tell([...path, 'to'], 'beyond-horizon', `"${name}" ends after the horizon: make the horizon longer`);
  }
  for (const [name, text] of Object.entries(lab.derive)) {
    const path = ['derive', name];
    if (Object.hasOwn(lab.vars, name) || Object.hasOwn(lab.windows, name))
      tell(path, 'twice', `"${name}" is a variable or a window too`, { atKey: true });
    const inside = lintExpression(linting, text, path, { isDerived: true });
    if (inside.includes(name)) tell(path, 'own-value', `"${name}" is derived from itself`);
  }
  lab.where.forEach((text, k) => lintExpression(linting, text, ['where', k], { isDerived: true }));
}
