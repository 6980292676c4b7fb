import { expect, test } from 'vitest';
import type { PaneNode } from '#contract/opcua-pane.ts';
import { keyOfWay, nodeIdOf, OBJECTS, treeOf } from '#web/workspace/opcua/tree-node.ts';
import { wayTo } from '#web/workspace/opcua/way-to.ts';

const id = (path: string) => `ns=2;s=${path}`;
const BELOW: Readonly<Record<string, readonly string[]>> = {
  'i=85': ['i=2253', 'ns=3;i=5001', id('nordpump')],
  [id('nordpump')]: [id('nordpump/halmstad')],
  [id('nordpump/halmstad')]: [id('nordpump/halmstad/line1')],
  [id('nordpump/halmstad/line1')]: [id('ST01'), id('ST03'), id('Clock')],
  [id('ST03')]: [id('ST03.Spindle'), id('ST03.Hold')],
  [id('ST03.Spindle')]: [id('ST03.Spindle.Load')],
};
const node = (nodeId: string): PaneNode => ({
  ...{ nodeId, browseName: nodeId, displayName: nodeId, nodeClass: 'Object', hasChildren: true },
});

test('a node of the line is found from Objects, without opening what cannot lead to it', async () => {
  const opened: string[] = [];
  const browse = async (nodeId: string) => {
    opened.push(nodeId);
    return (BELOW[nodeId] ?? []).map(node);
  };
  const way = await wayTo(id('ST03.Spindle.Load'), browse);
  expect(way).toEqual([
    'i=85',
    ...['nordpump', 'nordpump/halmstad', 'nordpump/halmstad/line1', 'ST03', 'ST03.Spindle', 'ST03.Spindle.Load'].map(
      id,
    ),
  ]);
  expect(opened).toEqual(way?.slice(0, -1));
  expect(await wayTo(id('ST99.Nothing'), browse)).toBeUndefined();
  expect(await wayTo('i=2256', browse)).toBeUndefined();
});

test('the key of a place names its node, also where an id has slashes', () => {
  const way = ['i=85', id('nordpump'), id('nordpump/halmstad')];
  const children = new Map(Object.entries(BELOW).map(([parent, ids]) => [parent, ids.map(node)]));
  const expanded = new Set(way.map((_, k) => keyOfWay(way.slice(0, k + 1))));
  const halmstad = treeOf(OBJECTS, children, expanded).children?.at(-1)?.children?.[0];
  expect(halmstad?.key).toBe(keyOfWay(way));
  expect(nodeIdOf(halmstad!.key)).toBe(id('nordpump/halmstad'));
  expect(halmstad?.children?.map((child) => child.node.nodeId)).toEqual([id('nordpump/halmstad/line1')]);
});
