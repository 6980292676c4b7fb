import type { Heading, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A guide, cut at the headings that carry a step id. */
export interface Guide {
  readonly intro: Root;
  readonly steps: ReadonlyMap<string, GuideSection>;
}
export interface GuideSection {
  readonly root: Root;
  readonly line: number;
  readonly column: number;
}

/** A sentence in a guide with a placeholder, and where it stands. */
export interface Placeholder {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

const STEP = /\s*\{#([A-Za-z0-9-]+)\}\s*$/;
export const PLACEHOLDER = /\{\{\s*([A-Za-z0-9.]+)\s*\}\}/g;

/** Reads Markdown into a tree. Raw HTML stays text: it has no place in a guide. */
export function readGuide(markdown: string): Guide {
  const root = fromMarkdown(markdown);
  const intro: RootContent[] = [];
  const steps = new Map<string, GuideSection & { root: Root }>();
  let section = intro;
  for (const node of root.children) {
    const id = node.type === 'heading' ? stepId(node) : undefined;
    if (id !== undefined) {
      section = [];
      const { line, column } = node.position?.start ?? { line: 1, column: 1 };
      steps.set(id, { root: { type: 'root', children: section }, line, column });
    } else if (node.type !== 'heading' || node.depth !== 1) section.push(node);
  }
  return { intro: { type: 'root', children: intro }, steps };
}

function stepId({ children }: Heading): string | undefined {
  const last = children.at(-1);
  return last?.type === 'text' ? STEP.exec(last.value)?.[1] : undefined;
}

/** All nodes of a tree, in reading order. */
export function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

export function placeholdersOf(root: Root): Placeholder[] {
  return [...nodesOf(root)].flatMap((node) => {
    if (!('value' in node)) return [];
    const { line, column } = node.position?.start ?? { line: 1, column: 1 };
    return [...node.value.matchAll(PLACEHOLDER)].map(([, name]) => ({ name, line, column }));
  });
}

/** A copy without positions, with placeholders filled in text and code. */
export function fillGuide<N extends Nodes>(node: N, fill: (text: string) => string): N {
  const { position: _position, ...rest } = node;
  if ('children' in node)
    return { ...rest, children: node.children.map((child) => fillGuide(child as Nodes, fill)) } as N;
  return 'value' in node ? ({ ...rest, value: fill(node.value) } as unknown as N) : (rest as N);
}
