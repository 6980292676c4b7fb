import { like, type Linting } from './tell.ts';

/** Variables that cannot be drawn as they are written, or that nothing uses. */
export function lintVariables({ lab, tell, used, names }: Linting): void {
  const usedNow = new Set(used);
  for (const text of Object.values(names.derive))
    for (const [name] of text.matchAll(/\b[a-z][A-Za-z0-9]*\b/g)) usedNow.add(name);
  for (const [name, variable] of Object.entries(lab.vars)) {
    const path = ['vars', name];
    if ('from' in variable && !('time' in variable) && variable.from >= variable.to)
      tell(
        [...path, 'to'],
        'empty-range',
        `"${name}" is drawn from ${variable.from} to ${variable.to}: the larger one comes last`,
      );
    if ('time' in variable && variable.from >= variable.to)
      tell([...path, 'to'], 'empty-range', `"${name}" ends before it begins`);
    if ('someOf' in variable && variable.count > variable.someOf.length)
      tell([...path, 'count'], 'too-many', `${variable.count} cannot be drawn from ${variable.someOf.length}`);
    const list = 'someOf' in variable ? variable.someOf : 'oneOf' in variable ? variable.oneOf : [];
    const seen = new Set<string>();
    list.forEach((value, k) => {
      const text = JSON.stringify(value);
      if (seen.has(text))
        tell([...path, 'oneOf' in variable ? 'oneOf' : 'someOf', k], 'twice', `${text} is there twice`);
      seen.add(text);
    });
    const isShown = 'public' in variable && variable.public !== undefined;
    if (!usedNow.has(name) && !isShown)
      tell(
        path,
        'unused-variable',
        `"${name}" is drawn but never used${like(
          name,
          [...usedNow].filter((one) => !lab.vars[one]),
        )}`,
        { severity: 'warning', atKey: true },
      );
  }
}
