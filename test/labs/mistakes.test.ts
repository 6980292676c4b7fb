import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Definitions } from '#server/cells/definitions.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import { loadLab, loadLabs, readLab } from '#server/labs/load.ts';
import { showWithCaret } from '#server/labs/problem.ts';
import { labShelf } from '#server/labs/shelf.ts';
import { cellsFolder, temporaryFolder } from '#test/support/host-for-test.ts';
import { MISTAKES } from './mistakes/mistakes.ts';

const catalogue = catalogueOf(new Definitions(cellsFolder).patched('pump-line').model);
const catalogues = (base: string) => (base === 'pump-line' ? catalogue : undefined);
const base = readFileSync(fileURLToPath(new URL('mistakes/base.yaml', import.meta.url)), 'utf8');
const folder = temporaryFolder();
const lab = join(folder.path, 'iiot/sound');
afterAll(() => folder.remove());

const GUIDE = `# Sound

Groups of {{n}}, and ![the line](assets/line.svg).

## Look {#look}

Look.

### More

More.

## Act {#act}

Act.

## Report {#report}

Report.
`;

interface Shape {
  steps: {
    id: string;
    ask?: Record<string, { options?: string[] }>;
    checks?: { id: string; tells?: object }[];
    rubric?: { id: string }[];
  }[];
}

/** Texts that say as little as they may. */
function texts(): string {
  const { steps } = parse(base) as Shape;
  const lines = ['title: Sound', 'aim: Sound', 'roles: { operator: operator }', 'steps:'];
  for (const { id, ask = {}, checks = [], rubric = [] } of steps) {
    lines.push(`  ${id}:`, `    title: ${id[0].toUpperCase()}${id.slice(1)}`);
    if (Object.keys(ask).length > 0)
      lines.push('    ask:', ...Object.keys(ask).map((name) => `      ${name}: ${name}`));
    const choices = Object.entries(ask).filter(([, { options }]) => options);
    if (choices.length > 0) lines.push('    options:');
    for (const [name, { options = [] }] of choices)
      lines.push(`      ${name}: { ${options.map((one) => `${one}: ${one}`).join(', ')} }`);
    if (checks.length > 0) lines.push('    checks:');
    for (const { id: check, tells } of checks) {
      const told = tells
        ? `, tells: { ${Object.keys(tells)
            .map((one) => `${one}: So`)
            .join(', ')} }`
        : '';
      lines.push(`      ${check}: { aim: ${check[0].toUpperCase()}${check.slice(1)}, fail: No${told} }`);
    }
    if (rubric.length > 0) lines.push('    rubric:', ...rubric.map((one) => `      ${one.id}: Yes`));
    if (id === 'look') lines.push('    hints: [Look]');
  }
  return `${lines.join('\n')}\n`;
}

beforeEach(() => {
  rmSync(lab, { recursive: true, force: true });
  mkdirSync(join(lab, 'assets'), { recursive: true });
  writeFileSync(join(lab, 'assets/line.svg'), '<svg viewBox="0 0 40 20"></svg>');
  writeFileSync(join(lab, 'lab.yaml'), base);
  for (const language of ['en', 'sv']) {
    writeFileSync(join(lab, `guide.${language}.md`), GUIDE);
    writeFileSync(join(lab, `teacher.${language}.md`), '# Sound\n');
    writeFileSync(join(lab, `texts.${language}.yaml`), texts());
  }
});

test('the lab that the mistakes change is without a problem', () => {
  expect(loadLab(lab, 'iiot', catalogues).problems.map(showWithCaret)).toEqual([]);
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAADklEQVR4nGNgQAWEeQAAMwABB9R6cQAAAABJRU5ErkJggg==',
  'base64',
);
/** Files of assets/, and what is told of each; one problem each, at its beginning. */
const PICTURES: readonly (readonly [rule: string, name: string, content: string | Buffer, says: string])[] = [
  ['unused-picture', 'old.png', PNG, 'no guide shows it'],
  ['picture-too-large', 'line.svg', `<svg viewBox="0 0 4 2">${' '.repeat(300_000)}</svg>`, 'larger than 300 kB'],
  ['wrong-kind', 'line.svg', PNG, 'no SVG with a viewBox'],
  ['wrong-kind', 'line.svg', '<svg><path/></svg>', 'with width and height'],
  ['wrong-kind', 'line.svg', '<svg viewBox="0 0 4 2"><path/>', 'no SVG'],
  ['unsafe-picture', 'line.svg', '<svg viewBox="0 0 4 2"><script>1</script></svg>', 'a script'],
  ['unsafe-picture', 'line.svg', '<svg viewBox="0 0 4 2" onload="x()"></svg>', 'an event handler'],
  ['unsafe-picture', 'line.svg', '<svg viewBox="0 0 4 2"><foreignObject/></svg>', 'foreign content'],
  ['unsafe-picture', 'line.svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 4 2"></svg>', 'entities'],
  ['unsafe-picture', 'line.svg', '<svg viewBox="0 0 4 2"><use href="https://x.example/a#b"/></svg>', 'from elsewhere'],
];

test.each(PICTURES)('%s: %s is told with its name', (rule, name, content, says) => {
  writeFileSync(join(lab, 'assets', name), content);
  const { problems } = loadLab(lab, 'iiot', catalogues);
  expect(problems).toEqual([
    expect.objectContaining({
      rule,
      file: join(lab, 'assets', name),
      line: 1,
      column: 1,
      message: expect.stringContaining(says) as string,
    }),
  ]);
});

test('a picture that a guide shows is kept with its size, its kind and the hash of what is in it', () => {
  writeFileSync(join(lab, 'assets/photo.png'), PNG);
  const guide = readFileSync(join(lab, 'guide.en.md'), 'utf8');
  writeFileSync(join(lab, 'guide.en.md'), `${guide}\n![Two pixels by three](assets/photo.png)\n`);
  const { lab: read, problems } = loadLab(lab, 'iiot', catalogues);
  expect(problems).toEqual([]);
  expect([...read!.pictures.values()].map(({ name, type, width, height }) => [name, type, width, height])).toEqual([
    ['assets/line.svg', 'image/svg+xml', 40, 20],
    ['assets/photo.png', 'image/png', 2, 3],
  ]);
  expect(read!.pictures.get('assets/photo.png')!.hash).toMatch(/^[0-9a-f]{32}$/);
  // A former version is read from what was kept of it, without the folder.
  expect(readLab('iiot/sound', read!.files, 'iiot', catalogues).lab?.pictures).toEqual(read!.pictures);
});

test('there are mistakes of at least 40 kinds', () => {
  expect(new Set(MISTAKES.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(40);
});

test.each(
  MISTAKES.map(
    (mistake) => [mistake.rule, mistake.to.slice(0, 50) || `without ${mistake.from.slice(0, 40)}`, mistake] as const,
  ),
)('%s is told where it stands: %s', (_, __, { rule, file = 'lab.yaml', from, to, at, says }) => {
  if (file === 'both') {
    const english = join(lab, 'texts.en.yaml');
    writeFileSync(
      english,
      readFileSync(english, 'utf8').replace(from, () => to),
    );
  }
  const path = join(lab, file === 'both' ? 'texts.sv.yaml' : file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  const text = before.replace(from, () => to);
  writeFileSync(path, text);
  const { problems } = loadLab(lab, 'iiot', catalogues);
  const all = problems.map(showWithCaret).join('\n');
  const found = problems.filter((problem) => problem.rule === rule && problem.message.includes(says));
  expect(found.length, all).toBeGreaterThan(0);
  expect(text, at).toContain(at);
  const places = occurrences(text, at).map((offset) => {
    const lines = text.slice(0, offset).split('\n');
    return `${lines.length}:${lines.at(-1)!.length + 1}`;
  });
  expect(places, all).toContain(`${found[0].line}:${found[0].column}`);
  // A caret stands under the place, and nothing else is said to be wrong in that file.
  expect(found[0].message.length).toBeGreaterThan(10);
});

function occurrences(text: string, piece: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) found.push(at);
  return found;
}

test.each([
  ['a key that begins too far left', '    minutes: 30', '   minutes: 30'],
  ['a key that begins too far right', '    minutes: 30', '     minutes: 30'],
  ['a step that begins too far left', '  - id: act', ' - id: act'],
  ['a step that begins too far right', '  - id: act', '   - id: act'],
])('%s is one mistake, told in its line or in the one before', (_, from, to) => {
  expect(base.split(from)).toHaveLength(2);
  writeFileSync(join(lab, 'lab.yaml'), base.replace(from, to));
  const told = loadLab(lab, 'iiot', catalogues).problems;
  expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('keys of one level')]);
  const line = base.split(from)[0].split('\n').length;
  expect([line - 1, line]).toContain(told[0].line);
});

test('two steps of one name are told once, and nothing of what texts and guides say of either', () => {
  writeFileSync(join(lab, 'lab.yaml'), base.replace('  - id: act', '  - id: look'));
  const { problems } = loadLab(lab, 'iiot', catalogues);
  expect(problems.filter(({ rule }) => rule === 'twice').map(({ message }) => message)).toContainEqual(
    'there are two steps "look": give one another id',
  );
  expect(problems.map(({ file }) => file)).toEqual(problems.map(() => join(lab, 'lab.yaml')));
});

test('a lab in a folder that is no area is told, alone and among all', () => {
  const labs = join(folder.path, 'strange');
  cpSync(lab, join(labs, 'iot/sound'), { recursive: true });
  // Whoever copies finds the template where it is.
  cpSync(lab, join(labs, 'template/sound'), { recursive: true });
  cpSync(cellsFolder, join(labs, 'cells'), { recursive: true });
  writeFileSync(join(labs, 'areas.yaml'), 'areas: [{ id: iiot, title: { en: A, sv: A } }]\npaths: []\n');
  const told = {
    rule: 'unknown-area',
    file: join(labs, 'iot/sound/lab.yaml'),
    message: 'move the lab\'s folder into an area, or add one to areas.yaml: it has no "iot"; did you mean "iiot"?',
  };
  expect(loadLabs(labs, catalogues).problems).toEqual([expect.objectContaining(told)]);
  expect(labShelf(labs, join(labs, 'iot/sound')).read().problems).toEqual([expect.objectContaining(told)]);
  expect(labShelf(labs, join(labs, 'template/sound')).read().problems).toEqual([]);
});

test('all mistakes of a lab are told at once, and a broken lab takes no other one down', () => {
  writeFileSync(join(folder.path, 'areas.yaml'), 'areas: [{ id: iiot, title: { en: A, sv: A } }]\npaths: []\n');
  const other = join(folder.path, 'iiot/broken');
  mkdirSync(other, { recursive: true });
  writeFileSync(
    join(other, 'lab.yaml'),
    base.replace('3 %', 'three').replace('horizon', 'horizont').replace('id: sound', 'id: 7'),
  );
  const library = loadLabs(folder.path, catalogues);
  expect([...library.labs.keys()]).toEqual(['iiot/sound']);
  expect(new Set(library.problems.map(({ rule }) => rule))).toEqual(
    new Set(['unknown-key', 'wrong-value', 'missing-file']),
  );
  rmSync(other, { recursive: true });
});
