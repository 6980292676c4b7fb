import type { Nodes } from 'mdast';
import { nearest } from '#simulator/kernel/nearest.ts';
import type { LabFile } from '../format/lab-file.ts';
import { type Guide, nodesOf, placeholdersOf } from '../guide.ts';
import { ASSETS } from '../pictures.ts';
import type { LabProblem } from '../problem.ts';
import { placeholderProblem, publicNames } from './lint-texts.ts';
import { like } from './tell.ts';

export interface GuideRead {
  readonly file: string;
  readonly text: string;
  readonly guide: Guide;
}

/** A guide: a heading for each step, nothing secret, pictures with alternative texts, headings in order. */
export function lintGuide(
  lab: LabFile,
  { file, text, guide }: GuideRead,
  files: Readonly<Record<string, string>>,
): LabProblem[] {
  const problems: LabProblem[] = [];
  const lines = text.split('\n');
  const tell = (line: number, column: number, rule: string, message: string) =>
    problems.push({ file, line, column, severity: 'error', rule, message, source: lines[line - 1] ?? '' });
  const steps = lab.steps.map(({ id }) => id);
  for (const id of steps)
    if (!guide.steps.has(id))
      tell(1, 1, 'missing-step', `no heading carries {#${id}}: write it behind a heading, ## Title {#${id}}`);
  for (const [id, { line, column }] of guide.steps) {
    const like = nearest(id, steps);
    if (!steps.includes(id))
      tell(line, column, 'unknown-step', `lab.yaml has no step "${id}"${like ? `; did you mean "${like}"?` : ''}`);
  }
  if (!/^# \S/.test(text)) tell(1, 1, 'no-title', 'a guide begins with its title: # Title');
  for (const [id, { line, column, depth: level }] of guide.steps)
    if (level !== 2)
      tell(line, column, 'heading-order', `the heading of step "${id}" has two signs: ## Title {#${id}}`);
  const allowed = publicNames(lab.vars);
  for (const [n, source] of lines.entries())
    for (const { index, rule, message } of slips(source, allowed)) tell(n + 1, index + 1, rule, message);
  let depth = 1;
  for (const root of [guide.intro, ...[...guide.steps.values()].map((section) => section.root)]) {
    for (const { name, line, column } of placeholdersOf(root)) {
      const problem = placeholderProblem(name, allowed, lab.vars);
      if (problem) tell(line, column, ...problem);
    }
    // The heading of a step is of the second level.
    depth = Math.max(1, root === guide.intro ? 1 : 2);
    for (const node of nodesOf(root)) {
      const { line, column } = node.position?.start ?? { line: 1, column: 1 };
      if (node.type === 'heading') {
        if (node.depth > depth + 1)
          tell(
            line,
            column,
            'heading-order',
            `a heading of level ${node.depth} follows one of level ${depth}: leave none out`,
          );
        depth = node.depth;
      } else lintPicture(node, files, (rule, message) => tell(line, column, rule, message));
    }
  }
  return problems;
}

/** What is shown as it is written though something else was meant. */
function slips(line: string, names: readonly string[]): { index: number; rule: string; message: string }[] {
  const single = [...line.matchAll(/(?<!\{)\{\s*([A-Za-z0-9.]+)\s*\}(?!\})/g)]
    .filter(([, name]) => names.includes(name))
    .map(({ index, 1: name }) => ({
      ...{ index, rule: 'unknown-placeholder' },
      message: `a name is shown by two braces on each side: {{${name}}}`,
    }));
  const spaced = [...line.matchAll(/!\[[^\]]*\]\(\s*([^)"'\s]+ [^)"']*?\.(?:svg|png|jpe?g))/gi)].map(
    ({ index, 1: name }) => ({
      ...{ index, rule: 'missing-picture' },
      message: `a picture has no blanks in its name: rename "${name}", with dashes`,
    }),
  );
  return [...single, ...spaced];
}

function lintPicture(
  node: Nodes,
  files: Readonly<Record<string, string>>,
  tell: (rule: string, message: string) => void,
): void {
  if (node.type === 'html') tell('raw-html', 'HTML is shown as text: use Markdown');
  if (node.type === 'imageReference') tell('picture-by-name', 'say where the picture is: ![what it shows](assets/...)');
  if (node.type !== 'image') return;
  const { url, alt } = node;
  const said = alt?.trim() ?? '';
  if (said === '' || said === url || said === url.split('/').at(-1))
    tell('no-alternative-text', `the picture "${url}" has no alternative text: ![what it shows](${url})`);
  if (!url.startsWith(ASSETS)) tell('foreign-picture', `"${url}" lies elsewhere: put the picture into assets/`);
  else if (!Object.hasOwn(files, url)) {
    const there = Object.keys(files).filter((name) => name.startsWith(ASSETS));
    tell('missing-picture', `there is no file "${url}"${like(url, there)}`);
  }
}
