import type { Model } from '#simulator/cell/model.ts';
import type { CellSignal } from '#simulator/cell/sampling.ts';
import type { LineDefinition } from './line-definition.ts';
import type { Appearance, LineNode } from './line-node.ts';

/** What the cells of one model show of all nodes there are. */
export interface ModelView {
  /** The node, if these cells have it. */
  find(id: string): LineNode | undefined;
  appearance(node: LineNode): Appearance;
  signal(path: string): CellSignal;
}

/**
 * The view of a model. A model that is no definition's own, as of a patched cell, is seen as the definition with which
 * it has most signals in common, less what it lacks.
 */
export function modelView(
  model: Model,
  definitions: readonly LineDefinition[],
  nodes: ReadonlyMap<string, LineNode>,
): ModelView {
  const has = (path: string) => model.targets.get(path)?.hidden === false || model.findSignal(path) !== undefined;
  const shared = (one: LineDefinition) => one.model.signals.filter(({ path }) => has(path)).length;
  const definition =
    definitions.find((one) => one.model === model) ??
    definitions.reduce((best, one) => (shared(one) > shared(best) ? one : best));

  const visible = new Map<string, LineNode>();
  const show = (node: LineNode | undefined): void => {
    if (!node || visible.has(node.id)) return;
    visible.set(node.id, node);
    show(nodes.get(node.appearances.get(definition)?.parent ?? ''));
  };
  for (const node of nodes.values()) {
    const isPlain = node.kind === 'place' && node.typeDefinition === undefined;
    if (isPlain || !node.appearances.has(definition)) continue;
    if (node.needs === undefined || has(node.needs)) show(node);
  }
  return {
    find: (id) => visible.get(id),
    appearance: (node) => known(node.appearances.get(definition), node.id),
    signal: (path) => known(model.findSignal(path), path),
  };
}

function known<T>(found: T | undefined, path: string): T {
  if (found === undefined) throw new Error(`${path} is not part of this line.`);
  return found;
}
