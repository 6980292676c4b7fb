import type { Received } from './mqtt-desk.ts';

/** A row of the tree: a level that holds others, a topic that was received, or both. */
export interface TreeRow {
  /** The whole topic, or what its topics have in common. */
  readonly path: string;
  /** What is not said by the rows above it. */
  readonly name: string;
  readonly depth: number;
  readonly message: Received | undefined;
  /** Topics below it; 0 for a leaf. */
  readonly below: number;
  readonly isOpen: boolean;
}

interface Level {
  readonly path: string;
  readonly name: string;
  message: Received | undefined;
  readonly children: Map<string, Level>;
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Topics as a tree, level by level, always in the same order whatever comes when: `ST2` before `ST10`. Levels that hold
 * nothing but one other stand in one row with it.
 */
export function treeOf(received: readonly Received[], closed: ReadonlySet<string>): TreeRow[] {
  const root: Level = { path: '', name: '', message: undefined, children: new Map() };
  for (const message of received) {
    let level = root;
    message.topic.split('/').forEach((name, depth) => {
      const path = depth === 0 ? name : `${level.path}/${name}`;
      const child = level.children.get(name) ?? { path, name, message: undefined, children: new Map() };
      level.children.set(name, child);
      level = child;
    });
    level.message = message;
  }
  return sorted(root).flatMap((level) => rowsOf(level, 0, '', closed));
}

const sorted = ({ children }: Level): Level[] =>
  [...children.values()].sort((a, b) => byName(a.name, b.name) || (a.name < b.name ? -1 : 1));

function rowsOf(level: Level, depth: number, before: string, closed: ReadonlySet<string>): TreeRow[] {
  const { path, name, message, children } = level;
  const [only] = children.values();
  if (!message && children.size === 1) return rowsOf(only, depth, `${before}${name}/`, closed);
  const isOpen = !closed.has(path);
  const row = { path, name: before + name, depth, message, below: countOf(level) - (message ? 1 : 0), isOpen };
  return isOpen ? [row, ...sorted(level).flatMap((child) => rowsOf(child, depth + 1, '', closed))] : [row];
}

function countOf({ message, children }: Level): number {
  let count = message ? 1 : 0;
  for (const child of children.values()) count += countOf(child);
  return count;
}
