import { placesOf, type ReferencePlace } from '../references.ts';
import type { LabFile } from '../format/lab-file.ts';
import type { Variable } from '../format/vars.ts';
import { like, type Linting, type Path } from './tell.ts';

/** Every value that a reference may stand for, and where it is written. */
export function possibleValues({ reference, path }: ReferencePlace, vars: LabFile['vars']): [string | number, Path][] {
  if ('value' in reference) return [[reference.value, path]];
  if ('cel' in reference) return [];
  const { drawn, key } = reference;
  return valuesOf(vars[drawn], key).map(([value, inner]) => [value, ['vars', drawn, ...inner]]);
}

export function valuesOf(variable: Variable | undefined, key: string | undefined): [string | number, Path][] {
  if (variable && 'someOf' in variable) return variable.someOf.map((value, k) => [value, ['someOf', k]]);
  if (!variable || !('oneOf' in variable)) return [];
  return variable.oneOf.flatMap((one, k): [string | number, Path][] => {
    if (typeof one !== 'object') return [[one, ['oneOf', k]]];
    return key !== undefined && key in one ? [[one[key], ['oneOf', k, key]]] : [];
  });
}

/** `$name` that is not drawn, or has no such part; signals that the cell lacks. */
export function lintReferences({ lab, cell, tell, names, used }: Linting): void {
  const told = new Set<string>();
  for (const place of placesOf(lab)) {
    const { reference, path, means } = place;
    if ('drawn' in reference) {
      used.add(reference.drawn);
      const variable = lab.vars[reference.drawn];
      const isDerived = Object.hasOwn(names.derive, reference.drawn) || Object.hasOwn(names.windows, reference.drawn);
      if (!variable && !isDerived)
        tell(
          path,
          'unknown-variable',
          `nothing is drawn as "${reference.drawn}"${like(reference.drawn, Object.keys(lab.vars))}`,
        );
      else if (!variable) tell(path, 'wrong-reference', `"${reference.drawn}" is not drawn: write it without the $`);
      else lintKey(variable, reference, path, tell);
    }
    if (!cell || !means) continue;
    const known = [...cell.signals.keys()];
    for (const [value, at] of possibleValues(place, lab.vars))
      if (!known.includes(String(value)) && !told.has(String(value))) {
        told.add(String(value));
        tell(at, `unknown-${means}`, `the cell has no ${means} "${value}"${like(String(value), known)}`);
      }
  }
}

/** Keys that may follow the name of a variable; none for a single value. */
function keysOf(variable: Variable): string[] {
  if ('someOf' in variable) return Array.from({ length: variable.count }, (_, k) => String(k));
  if (!('oneOf' in variable)) return [];
  return [...new Set(variable.oneOf.flatMap((one) => (typeof one === 'object' ? Object.keys(one) : [])))];
}

function lintKey(
  variable: Variable,
  { drawn, key }: { drawn: string; key?: string },
  path: Path,
  tell: Linting['tell'],
): void {
  const keys = keysOf(variable);
  if (key === undefined || keys.includes(key)) return;
  const message = keys.length
    ? `"${drawn}" has ${keys.map((one) => `$${drawn}.${one}`).join(', ')}`
    : `"${drawn}" is one value: write $${drawn}`;
  tell(path, 'wrong-reference', message);
}
