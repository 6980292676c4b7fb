import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const at = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const Entry = z.union([
  z.strictObject({ service: z.string(), part: z.string(), file: z.string(), tests: z.array(z.string()).min(1) }),
  z.strictObject({ service: z.string(), part: z.string(), because: z.string().min(20) }),
]);
const list = z.array(Entry).parse(parse(at('../../conformance/opcua-services.yaml')));

/** Titles of tests that run: neither skipped nor left for later. */
const titlesIn = (source: string): Set<string> =>
  new Set([...source.matchAll(/^test\('((?:[^'\\]|\\.)*)',/gm)].map(([, title]) => title.replace(/\\'/g, "'")));

test('every service of OPC UA has tests that exist, or a reason for having none', () => {
  const missing = list.flatMap((entry) => {
    if ('because' in entry) return [];
    const titles = titlesIn(at(`../../integration/${entry.file}`));
    return entry.tests.filter((name) => !titles.has(name)).map((name) => `${entry.file}: ${name}`);
  });
  expect(missing).toEqual([]);
  expect(new Set(list.map(({ service }) => service)).size).toBe(list.length);
});

test('every test of the OPC UA server stands for something in the list', () => {
  const named = new Set(list.flatMap((entry) => ('tests' in entry ? [entry.file] : [])));
  const files = ['opcua', 'attacks'].flatMap((folder) =>
    readdirSync(new URL(`../../integration/${folder}`, import.meta.url)).map((file) => `${folder}/${file}`),
  );
  const own = files.filter((file) => /^(opcua\/(?!pane)|attacks\/opcua)/.test(file));
  expect(own.filter((file) => !named.has(file))).toEqual([]);
});
