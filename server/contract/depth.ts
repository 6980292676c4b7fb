/** Whether what came as JSON nests no deeper than that. It looks level by level, so that no depth can exhaust the stack. */
export function isShallow(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const inner = level.flatMap((each) => (isNested(each) ? Object.values(each) : []));
    if (depth >= most && level.some(isNested)) return false;
    level = inner;
  }
  return true;
}

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
