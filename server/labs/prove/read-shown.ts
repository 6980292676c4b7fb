import type { Nodes } from 'mdast';
import type { AttemptView } from '#contract/lab-view.ts';
import { nodesOf, PLACEHOLDER } from '../guide.ts';
import type { Lab } from '../lab.ts';

/**
 * What the screen shows for each `{{name}}`, read off the screen itself: guides and labels as sent, held against the
 * English texts. So a solution can use nothing but what a participant can see.
 */
export function readShown(lab: Lab, view: AttemptView): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  const guide = lab.guides.en;
  const pairs = [
    ...pairTrees(guide.intro, view.intro),
    ...view.steps.flatMap(({ id, guide: sent, asks }) => [
      ...pairTrees(guide.steps.get(id)?.root, sent),
      ...asks.map((ask) => [lab.texts.en.steps[id].ask?.[ask.id] ?? '', ask.label] as const),
    ]),
  ];
  for (const [template, sentence] of pairs)
    for (const [name, value] of match(template, sentence)) shown.set(name, value);
  return shown;
}

function pairTrees(template: Nodes | undefined, sent: unknown): (readonly [string, string])[] {
  const values = (root: Nodes | undefined) =>
    root ? [...nodesOf(root)].flatMap((node) => ('value' in node ? [node.value] : [])) : [];
  const filled = values(sent as Nodes | undefined);
  return values(template).map((value, k) => [value, filled[k] ?? ''] as const);
}

function match(template: string, sentence: string): [string, string][] {
  const names: string[] = [];
  let pattern = '';
  let from = 0;
  for (const found of template.matchAll(PLACEHOLDER)) {
    pattern += `${literal(template.slice(from, found.index))}(.+?)`;
    names.push(found[1]);
    from = found.index + found[0].length;
  }
  if (!names.length) return [];
  const values = new RegExp(`^${pattern}${literal(template.slice(from))}$`, 's').exec(sentence)?.slice(1) ?? [];
  return names.flatMap((name, k) => (values[k] === undefined ? [] : [[name, values[k]] as [string, string]]));
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
