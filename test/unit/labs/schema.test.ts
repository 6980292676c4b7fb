import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labSchema } from '#server/labs/format/json-schema.ts';
import { LabFile } from '#server/labs/format/lab-file.ts';
import { CAUSES, SEEN } from '#server/labs/judge/check.ts';
import { cellsFolder } from '#test/support/host-for-test.ts';

test('the schema that editors read is that of the format; if not, run "verkstad labs schema"', () => {
  const file = readFileSync(join(cellsFolder, '../lab.schema.json'), 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(labSchema())));
});

test('it completes the keys of checks, fields and the solution', () => {
  const text = JSON.stringify(labSchema());
  for (const key of ['firstTrue', 'covers', 'hidden', 'conceal', 'decimals', 'runUntil', 'where', 'daily'])
    expect(text).toContain(`"${key}"`);
});

test('FORMAT.md names every key of lab.yaml, every cause and all that a sentence may show', () => {
  const page = readFileSync(join(cellsFolder, '../FORMAT.md'), 'utf8');
  const said = new Set([...page.matchAll(/`([A-Za-z]+)/g)].map(([, word]) => word));
  const several = Object.values(CAUSES).filter((causes) => causes.length > 1);
  const wanted = [...Object.keys(LabFile.shape), ...several.flat(), ...Object.values(SEEN).flat()];
  expect(wanted.filter((word) => !said.has(word))).toEqual([]);
});
