import { expect, test } from 'vitest';
import { Model } from '#simulator/cell/model.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';
import { type Listener, type MqttLine, mqttLine, pass, settle, until } from '#test/support/mqtt-line.ts';
import { encodeOracle, heardBy, type SparkplugMessage, topicOf } from '#test/support/sparkplug-host.ts';

const DEVICES = Array.from({ length: 12 }, (_, k) => `ST${String(k + 1).padStart(2, '0')}`);

async function host(filter = 'spBv1.0/#'): Promise<{ line: MqttLine; ann: Listener; heard: () => SparkplugMessage[] }> {
  const line = await mqttLine(['p-ann']);
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync(`${line.prefix}/refusals`);
  await ann.client.subscribeAsync(filter, { qos: 1 });
  await settle(ann);
  return { line, ann, heard: () => heardBy(ann) };
}

const rebirth = (value: boolean | string = true) =>
  encodeOracle({
    timestamp: Date.UTC(2026, 10, 3, 9),
    metrics: [{ name: 'Node Control/Rebirth', type: typeof value === 'string' ? 'String' : 'Boolean', value }],
  });

const write = (name: string, value: number | string) =>
  encodeOracle({
    timestamp: Date.UTC(2026, 10, 3, 9),
    metrics: [{ name, type: typeof value === 'string' ? 'String' : 'Double', value }],
  });

const reasons = ({ got }: Listener, line: MqttLine): string[] =>
  got
    .filter(({ topic }) => topic === `${line.prefix}/refusals`)
    .map(({ text }) => (JSON.parse(text) as { reason: string }).reason);

test('the first subscriber gets NBIRTH, then DBIRTH of every station, before any data', async () => {
  const { line, heard } = await host();
  await pass(line, 3000);
  const got = heard();
  expect(got.slice(0, 13).map(({ kind, device }) => [kind, device])).toEqual([
    ['NBIRTH', undefined],
    ...DEVICES.map((device) => ['DBIRTH', device]),
  ]);
  expect(got.length).toBeGreaterThan(20);
  expect(new Set(got.slice(13).map(({ kind }) => kind))).toEqual(new Set(['NDATA', 'DDATA']));
});

test('one sequence number counts all messages of the edge node from 0 through 255 and on from 0', async () => {
  const { line, ann, heard } = await host();
  await until(async () => {
    await pass(line, 10_000);
    await settle(ann);
    expect(heard().length).toBeGreaterThan(300);
  });
  expect(heard().map(({ seq }) => seq)).toEqual(heard().map((_, k) => k % 256));
});

test('births carry names, aliases, data types, units and ranges; data carry the alias alone, never a name', async () => {
  const { line, heard } = await host();
  await pass(line, 5000);
  const births = heard().filter(({ kind }) => kind.endsWith('BIRTH'));
  const data = heard().filter(({ kind }) => kind.endsWith('DATA'));
  const control = ['bdSeq', 'Node Control/Rebirth'];
  const named = births.flatMap(({ metrics }) => metrics).filter(({ name }) => !control.includes(name ?? ''));
  const aliases = named.map(({ alias }) => Number(alias));
  expect(new Set(aliases).size).toBe(aliases.length);
  expect(named.every(({ name, type, timestamp }) => name && type && Number(timestamp) > 0)).toBe(true);
  const load = births.find(({ device }) => device === 'ST03')?.metrics.find(({ name }) => name === 'Spindle/Load');
  expect(load).toMatchObject({
    type: 'Double',
    properties: {
      engUnit: { type: 'String', value: '%' },
      engLow: { type: 'Double', value: 0 },
      Quality: { type: 'Int32', value: 192 },
      readOnly: { type: 'Boolean', value: true },
    },
  });
  expect(data.every(({ metrics, typed }) => typed === 0 && metrics.every(({ name }) => name === undefined))).toBe(true);
  const of = (device: string | undefined) =>
    new Set(births.find((birth) => birth.device === device)?.metrics.map(({ alias }) => Number(alias)));
  for (const { device, metrics } of data) {
    for (const { alias } of metrics) expect(of(device)).toContain(Number(alias));
  }
});

test('what data say is what the other topics say, with the time of the sample and no historical flag', async () => {
  const { line, ann, heard } = await host();
  await ann.client.subscribeAsync(`${line.prefix}/ST03/#`);
  await pass(line, 20_000);
  await settle(ann);
  const [birth] = heard().filter(({ kind, device }) => kind === 'DBIRTH' && device === 'ST03');
  const names = new Map(birth.metrics.map(({ alias, name }) => [Number(alias), name]));
  const signals = new Map(
    ann.got
      .filter(({ topic }) => topic.startsWith(`${line.prefix}/ST03/`))
      .map((one) => [
        `${one.topic} ${(JSON.parse(one.text) as { t: string }).t}`,
        (JSON.parse(one.text) as { v: unknown }).v,
      ]),
  );
  let compared = 0;
  for (const { metrics } of heard().filter(({ kind, device }) => kind === 'DDATA' && device === 'ST03')) {
    for (const { alias, value, timestamp, isHistorical } of metrics) {
      expect(isHistorical ?? false).toBe(false);
      const at = new Date(Number(timestamp)).toISOString();
      const told = signals.get(`${line.prefix}/ST03/${names.get(Number(alias))} ${at}`);
      if (told === undefined) continue;
      expect(typeof value === 'object' && value !== null ? Number(value) : value).toEqual(told);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(20);
});

test('births and data are QoS 0 and not retained: who comes later sees data only, until a rebirth', async () => {
  const { line, heard } = await host();
  await pass(line, 1000);
  const late = await line.connect('p-ann', { clientId: 'late' });
  await late.client.subscribeAsync('spBv1.0/#', { qos: 1 });
  await pass(line, 3000);
  await settle(late);
  expect(new Set(heardBy(late).map(({ kind }) => kind)).has('NBIRTH')).toBe(false);
  expect(heard().every(({ qos, retain }) => qos === 0 && !retain)).toBe(true);
  await late.client.publishAsync(topicOf('NCMD'), rebirth());
  await settle(late);
  const kinds = heardBy(late).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.endsWith('BIRTH'))).toHaveLength(13);
});

test('a rebirth repeats the whole birth with the same bdSeq and the sequence from 0, and is evidence', async () => {
  const { line, ann, heard } = await host();
  await pass(line, 2000);
  ann.got.splice(0);
  await ann.client.publishAsync(topicOf('NCMD'), rebirth());
  await settle(ann);
  const again = heard();
  expect(again.slice(0, 13).map(({ kind, seq }) => [kind, seq])).toEqual([
    ['NBIRTH', 0],
    ...DEVICES.map((_, k) => ['DBIRTH', k + 1]),
  ]);
  const bdSeq = again[0].metrics.find(({ name }) => name === 'bdSeq');
  expect([Number(bdSeq?.value), bdSeq?.type, bdSeq?.alias ?? undefined]).toEqual([0, 'Int64', undefined]);
  expect(again[0].metrics.find(({ name }) => name === 'Node Control/Rebirth')).toMatchObject({
    type: 'Boolean',
    value: false,
  });
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'sparkplug.rebirth')).toMatchObject([
    { participant: 'p-ann', group: 'nordpump-halmstad', node: 'line1' },
  ]);
});

test('rebirths are bounded, and those beyond are refused', async () => {
  const { line, ann, heard } = await host();
  for (let k = 0; k < 20; k++) await ann.client.publishAsync(topicOf('NCMD'), rebirth());
  await settle(ann);
  expect(heard().filter(({ kind }) => kind === 'NBIRTH')).toHaveLength(6);
  expect(reasons(ann, line).every((reason) => reason.includes('Too many rebirths'))).toBe(true);
  expect(reasons(ann, line)).toHaveLength(15);
});

test('when the cell goes, NDEATH says so with QoS 1, the bdSeq of the births and no sequence number', async () => {
  const { line, ann, heard } = await host();
  line.cells['p-ann'].close('The cell was reset.');
  await until(() => expect(ann.client.connected).toBe(false));
  const death = heard().at(-1);
  expect(death).toMatchObject({ kind: 'NDEATH', qos: 1, retain: false, seq: undefined });
  expect(death?.metrics.map(({ name, value }) => [name, Number(value)])).toEqual([['bdSeq', 0]]);
});

test('a parameter is written by DCMD, by name or by alias, and the data that follow show it', async () => {
  const { line, ann, heard } = await host();
  const birth = heard().find(({ device }) => device === 'ST11');
  const parameter = birth?.metrics.find(({ name }) => name === 'Parameters/Battery/ChargeBelow');
  expect(parameter).toMatchObject({ type: 'Double', value: 30, properties: { readOnly: { value: false } } });
  await ann.client.publishAsync(topicOf('DCMD', 'ST11'), write('Parameters/Battery/ChargeBelow', 45));
  const shown = (value: number) =>
    until(async () => {
      await pass(line, 1000);
      const data = heard().filter(({ kind, device }) => kind === 'DDATA' && device === 'ST11');
      const values = data.flatMap(({ metrics }) =>
        metrics.filter(({ alias }) => Number(alias) === Number(parameter?.alias)),
      );
      expect(values.at(-1)?.value).toBe(value);
    });
  await shown(45);
  const alias = {
    timestamp: Date.UTC(2026, 10, 3, 9),
    metrics: [{ alias: Number(parameter?.alias), type: 'Double' as const, value: 50 }],
  };
  await ann.client.publishAsync(topicOf('DCMD', 'ST11'), encodeOracle(alias));
  await shown(50);
  expect(line.evidence['p-ann'].filter(({ kind }) => kind === 'command')).toMatchObject([
    { via: 'mqtt', target: 'ST11.Battery.ChargeBelow', status: 'done' },
    { via: 'mqtt', target: 'ST11.Battery.ChargeBelow', status: 'done' },
  ]);
});

test.each([
  ['out of range', topicOf('DCMD', 'ST11'), write('Parameters/Battery/ChargeBelow', 500), 'out of range'],
  ['not to be written', topicOf('DCMD', 'ST03'), write('Spindle/Load', 5), 'can only be read'],
  ['unknown', topicOf('DCMD', 'ST03'), write('Parameters/Nothing', 5), 'names no such metric'],
  ['of no device', topicOf('DCMD', 'ST99'), write('Spindle/Load', 5), 'There is no device "ST99"'],
  ['of another type', topicOf('DCMD', 'ST11'), write('Parameters/Battery/ChargeBelow', 'much'), 'is no value'],
  ['no payload', topicOf('DCMD', 'ST11'), Buffer.from('on'), 'is no Sparkplug B payload'],
  ['empty', topicOf('DCMD', 'ST11'), Buffer.alloc(0), 'has no metric'],
  ['cut off', topicOf('NCMD'), rebirth().subarray(0, -3), 'is no Sparkplug B payload'],
  ['a rebirth that is none', topicOf('NCMD'), rebirth(false), 'the Boolean value true'],
])(
  'a command that is %s is refused with a reason, in evidence and on the topic for refusals',
  async (_, topic, payload, reason) => {
    const { line, ann } = await host();
    await ann.client.publishAsync(topic, payload, { qos: 1 });
    await until(() => expect(reasons(ann, line).join()).toContain(reason));
    const refusals = line.evidence['p-ann'].filter(({ kind }) => kind === 'refusal');
    expect(refusals).toMatchObject([{ via: 'mqtt', reason: expect.stringContaining(reason) as string }]);
  },
);

test('nobody but the line is its edge node, and a retained command is refused', async () => {
  const { line, ann, heard } = await host();
  const before = heard().length;
  for (const topic of [topicOf('NBIRTH'), topicOf('DDATA', 'ST03'), topicOf('NDEATH'), 'spBv1.0/other/NBIRTH/x']) {
    await ann.client.publishAsync(topic, rebirth(), { qos: 1 });
  }
  await ann.client.publishAsync(topicOf('NCMD'), rebirth(), { qos: 1, retain: true });
  await settle(ann);
  expect(heard()).toHaveLength(before);
  expect(reasons(ann, line)).toHaveLength(5);
});

test('a host says with STATE whether it is on line, retained and with a will, and both are evidence', async () => {
  const { line, ann } = await host('spBv1.0/STATE/#');
  const topic = 'spBv1.0/STATE/scada';
  const timestamp = Date.UTC(2026, 10, 3, 9);
  const will = {
    topic,
    payload: Buffer.from(JSON.stringify({ online: false, timestamp })),
    qos: 1,
    retain: true,
  } as const;
  const scada = await line.connect('p-ann', { clientId: 'scada', will });
  await scada.client.publishAsync(topic, JSON.stringify({ online: true, timestamp }), { qos: 1, retain: true });
  await until(() => expect(ann.json(topic)).toEqual({ online: true, timestamp }));
  const late = await line.connect('p-ann', { clientId: 'late' });
  await late.client.subscribeAsync(topic, { qos: 1 });
  await until(() => expect(late.got).toMatchObject([{ topic, retain: true, qos: 1 }]));
  scada.client.stream.destroy();
  await until(() => expect(ann.json(topic)).toEqual({ online: false, timestamp }));
  const evidence = line.evidence['p-ann'].filter(({ kind }) => kind === 'sparkplug.state' || kind === 'mqtt.will');
  expect(evidence).toMatchObject([
    { kind: 'mqtt.will', topic },
    { kind: 'sparkplug.state', host: 'scada', online: true },
    { kind: 'sparkplug.state', host: 'scada', online: false },
  ]);
  expect(heardBy(ann)).toEqual([]);
});

test.each([
  ['no JSON', 'ONLINE', true, 1],
  ['without a time', '{"online":true}', true, 1],
  ['not retained', '{"online":true,"timestamp":1}', false, 1],
  ['QoS 0', '{"online":true,"timestamp":1}', true, 0],
] as const)('a STATE that is %s is refused', async (_, text, retain, qos) => {
  const { line, ann } = await host('spBv1.0/STATE/#');
  await ann.client.publishAsync('spBv1.0/STATE/scada', text, { retain, qos });
  await settle(ann);
  expect(reasons(ann, line)).toMatchObject([expect.stringContaining('STATE')]);
  expect(ann.got.some(({ topic }) => topic === 'spBv1.0/STATE/scada')).toBe(false);
});

test('the quality of a metric is a property: stale while its sensor does not answer, good again after it', async () => {
  const dropout = { fault: 'sensor-dropout', signal: 'ST03.Spindle.Temperature', at: '61 min', for: '2 min' };
  const line = await mqttLine(['p-ann'], { model: new Model({ ...pumpLine().definition, scenario: [dropout] }) });
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('spBv1.0/#');
  await pass(line, 300_000);
  await settle(ann);
  const heard = heardBy(ann).filter(({ device }) => device === 'ST03');
  const temperature = heard[0].metrics.find(({ name }) => name === 'Spindle/Temperature');
  const told = heard.flatMap(({ metrics }) =>
    metrics
      .filter(({ alias }) => Number(alias) === Number(temperature?.alias))
      .flatMap(({ properties }) => properties?.Quality ?? []),
  );
  expect(told).toEqual([192, 500, 192].map((value) => ({ type: 'Int32', value })));
});

test('participants may be edge nodes of their own below spBv1.0/lab', async () => {
  const { line, ann } = await host('spBv1.0/lab/#');
  await ann.client.publishAsync('spBv1.0/lab/NBIRTH/mine', rebirth(), { qos: 0 });
  await until(() => expect(ann.got.some(({ topic }) => topic === 'spBv1.0/lab/NBIRTH/mine')).toBe(true));
  await pass(line, 2000);
  await settle(ann);
  expect(heardBy(ann)).toEqual([]);
  expect(reasons(ann, line)).toEqual([]);
});
