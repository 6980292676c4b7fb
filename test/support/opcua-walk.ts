import {
  type AttributeIds,
  BrowseDirection,
  type BrowseResult,
  type ClientSession,
  type DataValue,
  type ReferenceDescription,
} from 'node-opcua';

/** A node with what a client sees around it. */
export interface WalkedNode {
  readonly id: string;
  /** OPC 10000-3, 8.29: Object 1, Variable 2, Method 4. */
  readonly nodeClass: number;
  readonly name: string;
  readonly displayName: string;
  readonly forward: readonly ReferenceDescription[];
  readonly inverse: readonly ReferenceDescription[];
}

const SOME = 500;

/** All nodes below one, by hierarchical references, with all references of each. */
export async function walk(session: ClientSession, from: string): Promise<Map<string, WalkedNode>> {
  const found = new Map<string, WalkedNode>();
  const known = new Map<string, ReferenceDescription | undefined>([[from, undefined]]);
  const hierarchical = await hierarchicalTypes(session);
  let waiting = [from];
  while (waiting.length > 0) {
    const some = waiting.slice(0, SOME);
    waiting = waiting.slice(SOME);
    const forward = await browse(session, some, BrowseDirection.Forward);
    const inverse = await browse(session, some, BrowseDirection.Inverse);
    some.forEach((id, n) => {
      const seen = known.get(id);
      found.set(id, {
        ...{ id, nodeClass: seen?.nodeClass ?? 1, forward: forward[n], inverse: inverse[n] },
        name: seen?.browseName.toString() ?? '',
        displayName: seen?.displayName.text ?? '',
      });
      for (const reference of forward[n]) {
        const target = reference.nodeId.toString();
        if (known.has(target) || !hierarchical.has(reference.referenceTypeId.toString())) continue;
        known.set(target, reference);
        waiting.push(target);
      }
    });
  }
  return found;
}

/** One attribute of many nodes, in their order. */
export async function readAll(
  session: ClientSession,
  ids: readonly string[],
  attributeId: AttributeIds,
): Promise<DataValue[]> {
  const values: DataValue[] = [];
  for (let n = 0; n < ids.length; n += SOME) {
    values.push(...(await session.read(ids.slice(n, n + SOME).map((nodeId) => ({ nodeId, attributeId })))));
  }
  return values;
}

async function browse(
  session: ClientSession,
  ids: readonly string[],
  browseDirection: BrowseDirection,
  referenceTypeId = 'i=31',
): Promise<ReferenceDescription[][]> {
  const ask = { browseDirection, referenceTypeId, includeSubtypes: true, resultMask: 63, nodeClassMask: 0 };
  const results = await session.browse(ids.map((nodeId) => ({ nodeId, ...ask })));
  return Promise.all(
    results.map(async ({ references, continuationPoint }) => {
      const all = [...(references ?? [])];
      let point: Buffer | null | undefined = continuationPoint;
      while (point?.length) {
        const more: BrowseResult = await session.browseNext(point, false);
        all.push(...(more.references ?? []));
        point = more.continuationPoint;
      }
      return all;
    }),
  );
}

async function hierarchicalTypes(session: ClientSession): Promise<Set<string>> {
  const found = new Set(['i=33', 'ns=0;i=33']);
  let waiting = ['i=33'];
  while (waiting.length > 0) {
    const below = await browse(session, waiting, BrowseDirection.Forward, 'i=45');
    waiting = below.flat().map(({ nodeId }) => nodeId.toString());
    for (const id of waiting) found.add(id);
  }
  return found;
}
