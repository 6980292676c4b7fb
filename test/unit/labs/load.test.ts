import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Definitions } from '#server/cells/definitions.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import { loadLab, loadLabs } from '#server/labs/load.ts';
import { type LabProblem, showProblem } from '#server/labs/problem.ts';
import { cellsFolder, temporaryFolder } from '#test/support/host-for-test.ts';
import { copyLabs } from '#test/support/lab-copies.ts';

const catalogue = catalogueOf(new Definitions(cellsFolder).patched('pump-line').model);
const catalogues = (base: string) => (base === 'pump-line' ? catalogue : undefined);
const ours = join(cellsFolder, '..');

let folder: ReturnType<typeof temporaryFolder>;
let lab: string;
beforeEach(() => {
  folder = temporaryFolder();
  lab = join(folder.path, 'iiot/meet-the-machine');
  copyLabs(join(ours, 'iiot/meet-the-machine'), lab);
  cpSync(join(ours, 'areas.yaml'), join(folder.path, 'areas.yaml'));
});
afterEach(() => folder.remove());

/** Changes one file of the copied lab; `from` must be there. */
function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(lab, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  writeFileSync(join(lab, file), text.replace(from, to));
}
const problems = (): LabProblem[] => loadLab(lab, 'iiot', catalogues).problems;

/** Where a piece of a file stands, as an editor counts. */
function place(file: string, piece: string): string {
  const before = readFileSync(join(lab, file), 'utf8').split(piece)[0].split('\n');
  return `${join(lab, file)}:${before.length}:${before.at(-1)!.length + 1}`;
}

test('all our labs are without a problem, in the order of the areas', () => {
  const library = loadLabs(ours, catalogues);
  expect(library.problems.map(showProblem)).toEqual([]);
  expect([...library.labs.keys()]).toContain('iiot/meet-the-machine');
  expect(library.areas.size).toBe(16);
});

test.each([
  [
    'lab.yaml',
    '- ST03.Spindle.Load',
    '- ST03.Spindel.Load',
    'ST03.Spindel.Load',
    'unknown-signal',
    'did you mean "ST03.Spindle.Load"?',
  ],
  ['lab.yaml', 'version: 1', 'version: one', 'one', 'wrong-value', 'expected number'],
  ['lab.yaml', 'minutes: 50', 'minuts: 50', 'minuts', 'unknown-key', 'there is no "minuts" here'],
  ['lab.yaml', 'horizon: 8 h', 'horizon: 8 hours', '8 hours', 'wrong-value', '"8 hours" is not a duration'],
  ['lab.yaml', 'is: $wanted.3', 'is: $wanted.4', '$wanted.4', 'wrong-reference', '"wanted" has $wanted.0'],
  [
    'lab.yaml',
    'station: $stop.station',
    'station: $stop.place',
    '$stop.place',
    'wrong-reference',
    '"stop" has $stop.station, $stop.fault',
  ],
  ['lab.yaml', 'is: $lasted', 'is: $lastd', '$lastd', 'unknown-variable', 'did you mean "lasted"?'],
  ['lab.yaml', 'answer: lasted,', 'answer: lastd,', undefined, 'unknown-ask', 'did you mean "lasted"?'],
  ['lab.yaml', 'within: 4 s', 'within: 4 kW', undefined, 'wrong-unit', 'cannot be compared with a value in "s"'],
  ['lab.yaml', 'within: 4 s,', '', undefined, 'no-tolerance', 'say within what'],
  ['lab.yaml', 'needs: what', 'needs: wat', 'wat,', 'unknown-check', 'did you mean "stop.what"?'],
  ['lab.yaml', 'steps: [watch, stop]', 'steps: [watch, stopp]', 'stopp]', 'unknown-step', 'did you mean "stop"?'],
  ['lab.yaml', '$stop.station.Fail', '$stop.station.Fails', '$stop.station.Fails', 'unknown-command', 'ST01.Fails'],
  [
    'lab.yaml',
    'target: ST03.Program.CuttingSpeed, points',
    'target: ST03.Program.Speed, points',
    'ST03.Program.Speed',
    'unknown-command',
    'ST03.Program.Speed',
  ],
  ['lab.yaml', 'base: pump-line', 'base: pumpline', 'pumpline', 'unknown-cell', 'labs/cells'],
  ['lab.yaml', 'start: Mon 05:30', 'start: Mon 06:00', 'Mon 06:00', 'wrong-start', 'another time'],
  ['lab.yaml', 'loses: [find.fourth]', 'loses: [find.fifth]', 'find.fifth', 'unknown-check', 'find.f'],
  ['lab.yaml', 'step: turn, afterFails', 'step: turnn, afterFails', 'turnn', 'unknown-step', 'did you mean "turn"?'],
  ['texts.sv.yaml', '    title: Förklara ett stopp\n', '', undefined, 'wrong-value', '"title" is missing'],
  ['texts.sv.yaml', 'ST03.Tool.Wear:', 'ST03.Tool.Waer:', 'ST03.Tool.Waer', 'unknown-key', 'ST03.Tool.Waer'],
  ['texts.en.yaml', '{{wanted.0}}', '{{wanted.9}}', undefined, 'unknown-placeholder', 'did you mean "{{wanted.0}}"?'],
  ['texts.en.yaml', '{{seen.topic}}: that', '{{seen.secret}}: that', undefined, 'unknown-placeholder', 'seen.secret'],
  ['texts.en.yaml', 'fail: Station, reason', 'fail: "{{stop.station}}" #', undefined, 'secret-shown', 'is secret'],
  ['guide.sv.md', '{#stop}', '{#stopp}', '## Förklara', 'unknown-step', 'did you mean "stop"?'],
  ['guide.en.md', 'some minutes', '{{lasted}} minutes', undefined, 'secret-shown', '"lasted" is secret'],
])('%s with "%s" for "%s" is refused with its place', (file, from, to, at, rule, message) => {
  change(file, from, to);
  const found = problems()
    .map(showProblem)
    .filter((line) => line.includes(` error ${rule} `));
  const line = found.find((one) => one.includes(message));
  expect(line ?? found.join('\n')).toContain(message);
  if (at !== undefined) expect(line).toContain(place(file, at));
});

test('all that is wrong is told at once', () => {
  change('lab.yaml', 'is: $wanted.3', 'is: $wantd.3');
  change('lab.yaml', 'needs: what', 'needs: wat');
  change('guide.en.md', '{#turn}', '');
  rmSync(join(lab, 'teacher.sv.md'));
  const rules = problems().map(({ rule }) => rule);
  expect(rules.sort()).toEqual(['missing-file', 'missing-step', 'unknown-check', 'unknown-variable']);
});

test('a broken lab is missing and named, and takes no other down', () => {
  const other = join(folder.path, 'iiot/another');
  cpSync(lab, other, { recursive: true });
  writeFileSync(
    join(other, 'lab.yaml'),
    readFileSync(join(other, 'lab.yaml'), 'utf8').replace('meet-the-machine', 'another'),
  );
  writeFileSync(join(lab, 'lab.yaml'), 'steps: [');
  const { labs, problems: found } = loadLabs(folder.path, catalogues);
  expect([...labs.keys()]).toEqual(['iiot/another']);
  expect(found.map(({ file, rule }) => [file, rule])).toEqual([[join(lab, 'lab.yaml'), 'yaml']]);
});

test('aliases are refused before they can grow', () => {
  writeFileSync(join(lab, 'texts.en.yaml'), 'a: &a [1, 1]\nb: &b [*a, *a]\ntitle: *b\n');
  const { lab: loaded, problems: found } = loadLab(lab, 'iiot', catalogues);
  expect(loaded).toBeUndefined();
  const places = found.map(({ line, column, rule }) => [line, column, rule]);
  expect(places).toEqual([
    [2, 8, 'yaml'],
    [2, 12, 'yaml'],
    [3, 8, 'yaml'],
  ]);
});
