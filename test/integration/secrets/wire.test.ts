import { AttributeIds, BrowseDirection, type ClientSession, DataType } from 'node-opcua';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS } from '#simulator/plant/faults/faults.ts';
import { findLeaks, type Marker, textMarker } from '#test/support/markers.ts';
import { until } from '#test/support/opcua-line.ts';
import { type PlantedServer, plantedServer } from '#test/support/planted-server.ts';
import { mqttSession, opcuaSession } from '#test/support/wire-session.ts';

let planted: PlantedServer;
let forbidden: readonly Marker[];
beforeAll(async () => {
  planted = await plantedServer();
  const faults = [...FAULTS].flatMap(([id, { text }]) =>
    [id, text.en, text.sv].map((each) => textMarker(`fault ${id}`, each)),
  );
  // One of them is also what an air network is about.
  forbidden = [...planted.markers, ...faults.filter(({ bytes }) => bytes[0].length > 8)];
}, 120_000);
afterAll(() => planted.close());

/** All nodes that can be reached from the root, by references of every kind and in both directions. */
async function everyNode(from: ClientSession, note: (text: string) => void): Promise<string[]> {
  const seen = new Set(['i=84']);
  let waiting = [...seen];
  while (waiting.length > 0) {
    const some = waiting.splice(0, 200);
    const results = await from.browse(
      some.map((nodeId) => ({ nodeId, browseDirection: BrowseDirection.Both, includeSubtypes: true, resultMask: 63 })),
    );
    for (const result of results) {
      let { references, continuationPoint } = result;
      while (continuationPoint && continuationPoint.length > 0) {
        const next = await from.browseNext(continuationPoint, false);
        references = [...(references ?? []), ...(next.references ?? [])];
        continuationPoint = next.continuationPoint;
      }
      note(JSON.stringify(references));
      for (const { nodeId } of references ?? []) {
        const id = nodeId.toString();
        if (!seen.has(id)) waiting.push(id);
        seen.add(id);
      }
    }
    waiting = [...new Set(waiting)];
  }
  return [...seen];
}

test('the whole address space, all attributes of all nodes and their history hold no secret and name no fault', async () => {
  const { session: ann, end } = await opcuaSession(planted);
  const texts: string[] = [];
  const nodes = await everyNode(ann, (text) => texts.push(text));
  expect(nodes.filter((id) => id.startsWith('ns=2')).length).toBeGreaterThan(500);
  for (let n = 0; n < nodes.length; n += 40) {
    const reads = nodes
      .slice(n, n + 40)
      .flatMap((nodeId) => Array.from({ length: 25 }, (_, k) => ({ nodeId, attributeId: k + 1 })));
    const values = await ann.read(reads);
    texts.push(values.map(({ value, statusCode }) => (statusCode.isGood() ? JSON.stringify(value) : '')).join('\n'));
  }
  const signals = nodes.filter((id) => /^ns=2;s=ST\d\d\.(Spindle|Air|State)\./.test(id)).slice(0, 40);
  const history = await ann.readHistoryValue(signals, new Date(Date.now() - 12 * 3_600_000), new Date());
  texts.push(JSON.stringify(history));
  await end();
  const all = texts.join('\n');
  expect(all).toContain('Spindle');
  expect(findLeaks(all, forbidden)).toEqual([]);
}, 240_000);

test('what is refused on the wire says no secret either', async () => {
  const { session: ann, end } = await opcuaSession(planted);
  const texts: string[] = [];
  for (const nodeId of [
    'ns=2;s=ST12.leakMm',
    'ns=2;s=Line.Distort',
    'ns=2;s=Line.Intrude',
    'ns=2;s=ST03.BreakTool',
    'ns=9;s=x',
  ]) {
    texts.push(
      String(
        await ann.write({
          nodeId,
          attributeId: AttributeIds.Value,
          value: { value: { dataType: DataType.Double, value: 1 } },
        }),
      ),
    );
    texts.push(JSON.stringify(await ann.call({ objectId: 'ns=2;s=ST03', methodId: nodeId, inputArguments: [] })));
    texts.push(JSON.stringify(await ann.readHistoryValue(nodeId, new Date(0), new Date())));
  }
  texts.push(JSON.stringify(await ann.read({ nodeId: 'ns=2;s=LastRefusal' })));
  await end();
  expect(findLeaks(texts.join('\n'), forbidden)).toEqual([]);
});

test('no topic and no message of MQTT holds a secret or names a fault: all topics, own ones, Sparkplug and $SYS', async () => {
  const { ann, cell } = planted;
  const { client, got } = await mqttSession(planted);
  for (const filter of ['#', '$SYS/#', 'spBv1.0/#', 'uagv/#', 'nordpump/halmstad/pumps/line1/#', '+/+/+/+/+']) {
    await client.subscribeAsync(filter).catch((error: unknown) => got.push(String(error)));
  }
  await until(() => got.some((text) => /\/limits /.test(text)), 'all that is retained', 30_000);
  const { prefix } = { prefix: 'nordpump/halmstad/pumps/line1' };
  for (const [topic, payload] of [
    [`${prefix}/cmd/ST12/leakMm`, '{"id":"s1","value":1}'],
    [`${prefix}/cmd`, '{"id":"s2","target":"Line.Intrude"}'],
    [`${prefix}/cmd`, 'x'],
    [`${prefix}/ST03`, 'x'],
  ] as const) {
    await client.publishAsync(topic, payload, { qos: 1 });
  }
  await until(() => got.filter((text) => /\/(rsp|refusals)/.test(text)).length >= 4, 'all answers', 30_000);
  await ann.send('POST', `/cells/${cell}/run-until`, { event: 'ST03.PartDone', withinS: 600 });
  await client.endAsync(true);
  expect(got.length).toBeGreaterThan(300);
  expect(findLeaks(got.join('\n'), forbidden)).toEqual([]);
}, 120_000);
