import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes } from 'mdast';
import { nearest } from '#simulator/kernel/nearest.ts';
import type { LabFile } from '../format/lab-file.ts';
import { type Guide, nodesOf, placeholdersOf } from '../guide.ts';
import type { LabProblem } from '../problem.ts';
import { placeholderProblem, publicNames } from './lint-texts.ts';

interface GuideRead {
  readonly file: string;
  readonly guide: Guide;
}

/** A guide: a heading for each step, nothing secret, pictures with alternative texts, headings in order. */
export function lintGuide(lab: LabFile, { file, guide }: GuideRead, folder: string): LabProblem[] {
  const problems: LabProblem[] = [];
  const tell = (line: number, column: number, rule: string, message: string) =>
    problems.push({ file, line, column, severity: 'error', rule, message });
  const steps = lab.steps.map(({ id }) => id);
  for (const id of steps) if (!guide.steps.has(id)) tell(1, 1, 'missing-step', `no heading carries {#${id}}`);
  for (const [id, { line, column }] of guide.steps) {
    const like = nearest(id, steps);
    if (!steps.includes(id))
      tell(line, column, 'unknown-step', `lab.yaml has no step "${id}"${like ? `; did you mean "${like}"?` : ''}`);
  }
  const allowed = publicNames(lab.vars);
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
      } else lintPicture(node, folder, (rule, message) => tell(line, column, rule, message));
    }
  }
  return problems;
}

function lintPicture(node: Nodes, folder: string, tell: (rule: string, message: string) => void): void {
  if (node.type === 'html') tell('raw-html', 'HTML is shown as text: use Markdown');
  if (node.type !== 'image') return;
  if (!node.alt?.trim())
    tell('no-alternative-text', `the picture "${node.url}" has no alternative text: ![what it shows](${node.url})`);
  if (/^[a-z]+:/i.test(node.url)) tell('foreign-picture', `"${node.url}" lies elsewhere: put the picture into assets/`);
  else if (!existsSync(join(folder, node.url))) tell('missing-picture', `there is no file "${node.url}"`);
}
