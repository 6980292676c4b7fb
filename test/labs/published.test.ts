import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Definitions } from '#server/cells/definitions.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import { LabFile } from '#server/labs/format/lab-file.ts';
import { loadLab } from '#server/labs/load.ts';
import { showWithCaret } from '#server/labs/problem.ts';
import { PUBLISHED, writePublication } from '#server/labs/publication.ts';
import { labsForTest } from '#test/support/attempts-for-test.ts';
import { cellsFolder, temporaryFolder } from '#test/support/host-for-test.ts';

const catalogue = catalogueOf(new Definitions(cellsFolder).patched('pump-line').model);
const folder = temporaryFolder();
const lab = join(folder.path, 'energy/base-load');
const file = join(lab, 'lab.yaml');
afterAll(() => folder.remove());

beforeEach(() => {
  cpSync(join(cellsFolder, '../energy/base-load'), lab, { recursive: true });
  const published = LabFile.parse(parse(readFileSync(file, 'utf8')));
  writeFileSync(join(lab, PUBLISHED), writePublication(published));
});

/** Problems after changes of lab.yaml and of both languages' texts. */
function after(...changes: readonly (readonly [from: string, to: string])[]) {
  for (const name of ['lab.yaml', 'texts.en.yaml', 'texts.sv.yaml']) {
    let text = readFileSync(join(lab, name), 'utf8');
    for (const [from, to] of changes) text = text.replaceAll(from, to);
    writeFileSync(join(lab, name), text);
  }
  return loadLab(lab, 'energy', () => catalogue).problems;
}
const place = (piece: string): string => {
  const before = readFileSync(file, 'utf8').split(piece)[0].split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
};
const RAISED = ['\nversion: 1\n', '\nversion: 2\n'] as const;

test('a lab that is as it was published has no problem, and other sentences are none', () => {
  expect(after().map(showWithCaret)).toEqual([]);
  expect(after(['title: The base load', 'title: The base']).map(showWithCaret)).toEqual([]);
});

test('all labs that are shipped are published, as they are', () => {
  const { labs } = labsForTest();
  for (const { id, version, files } of labs.values())
    expect([id, version, files[PUBLISHED]]).toEqual([
      id,
      version,
      writePublication(LabFile.parse(parse(files['lab.yaml']))),
    ]);
  expect(labs.size).toBeGreaterThan(4);
});

test('what is judged may not change under the same version', () => {
  const [problem, ...others] = after(['within: 0.5 pp', 'within: 0.7 pp']);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ rule: 'same-version', severity: 'error' });
  expect(problem.message).toContain('raise it to 2');
  expect(`${problem.line}:${problem.column}`).toBe(place('1\nminutes'));
  expect(after(RAISED)).toEqual([]);
});

test('an id that has gone is told, with the one that it may be now', () => {
  const problems = after(['kwhPerPart', 'kwhForPart']);
  const [gone] = problems.filter(({ rule }) => rule === 'vanished-id');
  expect(gone).toMatchObject({ severity: 'error' });
  expect(gone.message).toBe('field "kwhPerPart" of version 1 is gone; did you mean "kwhForPart"?');
  expect(`${gone.line}:${gone.column}`).toBe(place('id: part\n'));
  expect(problems.map(({ rule }) => rule)).toContain('other-meaning');
});

test('an id that means something else is told where it stands', () => {
  const problems = after([
    'good: { type: integer, min: 0, max: 2000 }',
    'good: { type: number, unit: kg, min: 0, max: 20 }',
  ]);
  const [other] = problems.filter(({ rule }) => rule === 'other-meaning');
  expect(other.message).toBe('field "good" was "integer" in version 1 and is "number kg" now: give it a new id');
  expect(`${other.line}:${other.column}`).toBe(place('{ type: number, unit: kg'));
});

test('once the version is raised such changes are warnings, and the lab can be done', () => {
  const problems = after(
    RAISED,
    ['{ id: first, event', '{ id: morning, event'],
    ['      first:\n', '      morning:\n'],
    ['act.first', 'act.morning'],
  );
  expect(problems.map(({ rule, severity }) => [rule, severity])).toEqual([['vanished-id', 'warning']]);
  expect(loadLab(lab, 'energy', () => catalogue).lab?.version).toBe(2);
});

test('a version goes on from what is published', () => {
  writeFileSync(join(lab, PUBLISHED), readFileSync(join(lab, PUBLISHED), 'utf8').replace('version: 1', 'version: 3'));
  expect(after().map(({ rule }) => rule)).toEqual(['old-version']);
});

test('the order of keys means nothing', () => {
  const text = readFileSync(file, 'utf8');
  const [, windows] = /\n(windows:\n(?: {2}.*\n)+)/.exec(text)!;
  writeFileSync(file, `${text.replace(windows, '')}${windows}`);
  expect(after()).toEqual([]);
});
