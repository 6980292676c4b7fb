import type { CDPSession } from 'playwright-core';

/** Of a heap snapshot as V8 writes it: `nodes` holds some numbers for each node, in the order of `node_fields`. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: string[]; readonly node_types: [string[], ...unknown[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** What scripts made. The engine's compiled code grows for a day by itself, and so does what it notes for whoever watches. */
const MADE = new Set([
  ...['object', 'closure', 'array', 'string', 'concatenated string', 'sliced string', 'regexp'],
  ...['number', 'bigint', 'symbol'],
]);
const BUFFER = 'system / JSArrayBufferData';

/** Bytes of all that the scripts of a page hold, after garbage was collected. `HeapProfiler` must be enabled. */
export async function bytesOfObjects(devtools: CDPSession): Promise<number> {
  const parts: string[] = [];
  const take = ({ chunk }: { chunk: string }) => void parts.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
  await devtools.send('HeapProfiler.takeHeapSnapshot', {});
  devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes, strings } = JSON.parse(parts.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]];
    if (MADE.has(kind) || strings[nodes[at + name]] === BUFFER) bytes += nodes[at + size];
  }
  return bytes;
}
