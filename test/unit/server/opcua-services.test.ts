import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const at = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const Entry = z.union([
  z.strictObject({ service: z.string(), part: z.string(), file: z.string(), tests: z.array(z.string()).min(1) }),
  z.strictObject({ service: z.string(), part: z.string(), because: z.string().min(20) }),
]);
const list = z.array(Entry).parse(parse(at('../../conformance/opcua-services.yaml')));

test('every service of OPC UA has tests that exist, or a reason for having none', () => {
  const missing = list.flatMap((entry) => {
    if ('because' in entry) return [];
    const source = at(`../../integration/opcua/${entry.file}`);
    return entry.tests.filter((name) => !source.includes(`test('${name}'`)).map((name) => `${entry.file}: ${name}`);
  });
  expect(missing).toEqual([]);
  expect(new Set(list.map(({ service }) => service)).size).toBe(list.length);
});
