import type { Heading, Image, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Picture } from './pictures.ts';

/** A guide, cut at the headings that carry a step id. */
export interface Guide {
  readonly intro: Root;
  readonly steps: ReadonlyMap<string, GuideSection>;
}
export interface GuideSection {
  readonly root: Root;
  readonly line: number;
  readonly column: number;
  /** Of its heading. */
  readonly depth: number;
}

/** A sentence in a guide with a placeholder, and where it stands. */
export interface Placeholder {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

const STEP = /\s*\{#([A-Za-z0-9-]+)\}\s*$/;
export const PLACEHOLDER = /\{\{\s*([A-Za-z0-9.]+)\s*\}\}/g;

/** Reads Markdown, and tables as GitHub writes them (GFM 4.10), into a tree. Raw HTML stays text: it has no place in a guide. */
export function readGuide(markdown: string): Guide {
  const root = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const intro: RootContent[] = [];
  const steps = new Map<string, GuideSection & { root: Root }>();
  let section = intro;
  for (const node of root.children) {
    const id = node.type === 'heading' ? stepId(node) : undefined;
    if (node.type === 'heading' && id !== undefined) {
      section = [];
      const { line, column } = node.position?.start ?? { line: 1, column: 1 };
      steps.set(id, { root: { type: 'root', children: section }, line, column, depth: node.depth });
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
    const text = 'value' in node ? node.value : node.type === 'image' ? `${node.alt ?? ''} ${node.title ?? ''}` : '';
    const { line, column } = node.position?.start ?? { line: 1, column: 1 };
    return [...text.matchAll(PLACEHOLDER)].map(([, name]) => ({ name, line, column }));
  });
}

/** Where a picture is shown from, and how much room it takes. */
export interface ShownPicture extends Pick<Picture, 'width' | 'height'> {
  readonly url: string;
}

/** What a guide shows to one reader. */
export interface GuideFilling {
  readonly text: (text: string) => string;
  readonly picture: (name: string) => ShownPicture | undefined;
}

/** A copy without positions, with placeholders filled in text and code, and with pictures where this reader finds them. */
export function fillGuide<N extends Nodes>(node: N, filling: GuideFilling): N {
  const { position: _position, ...rest } = node;
  if ('children' in node)
    return { ...rest, children: node.children.map((child) => fillGuide(child as Nodes, filling)) } as N;
  if (node.type === 'image') return fillPicture(node, filling) as unknown as N;
  return 'value' in node ? ({ ...rest, value: filling.text(node.value) } as unknown as N) : (rest as N);
}

/** A picture that is not there becomes its alternative text. */
function fillPicture({ url, alt, title }: Image, { text, picture }: GuideFilling): Nodes {
  const shown = picture(url);
  const said = text(alt ?? '');
  if (!shown) return { type: 'text', value: said };
  const { width, height } = shown;
  return {
    ...{ type: 'image', url: shown.url, alt: said, data: { width, height } },
    ...(title != null && { title: text(title) }),
  };
}

/** The names of the pictures that a guide shows. */
export const picturesIn = ({ intro, steps }: Guide): string[] =>
  [intro, ...[...steps.values()].map(({ root }) => root)].flatMap((root) =>
    [...nodesOf(root)].flatMap((node) => (node.type === 'image' ? [node.url] : [])),
  );
