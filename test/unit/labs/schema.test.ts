import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labSchema } from '#server/labs/format/json-schema.ts';
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
