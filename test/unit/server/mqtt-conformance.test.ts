import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const List = z.strictObject({
  held: z.array(z.strictObject({ file: z.string(), test: z.string(), ids: z.array(z.string()).min(1) })),
  notApplicable: z.array(z.strictObject({ reason: z.string().min(20), ids: z.array(z.string()).min(1) })),
});
const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

test.each(['sparkplug-3.0', 'vda5050-2.1.0'])(
  'every test that the conformance list %s names exists, every id once',
  (name) => {
    const { held, notApplicable } = List.parse(parse(read(`test/conformance/${name}.yaml`)));
    for (const { file, test: title } of held) {
      const source = read(file);
      const isTest =
        source.includes(`test('${title}'`) || source.includes(`)('${title}'`) || source.includes(`)(\n  '${title}'`);
      expect(isTest, `${file} has no test "${title}"`).toBe(true);
    }
    const ids = [...held, ...notApplicable].flatMap((entry) => entry.ids);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test('all testable statements of Sparkplug B 3.0 are on the list', () => {
  const { held, notApplicable } = List.parse(parse(read('test/conformance/sparkplug-3.0.yaml')));
  const count = (all: readonly { ids: readonly string[] }[]) => all.reduce((sum, { ids }) => sum + ids.length, 0);
  expect(count(held) + count(notApplicable)).toBe(299);
  expect([...held, ...notApplicable].flatMap(({ ids }) => ids).every((id) => id.startsWith('tck-id-'))).toBe(true);
});
