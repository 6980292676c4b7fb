import {
  AttributeIds,
  type DataValue,
  HistoryReadRequest,
  ReadRawModifiedDetails,
  StatusCodes,
  TimestampsToReturn,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { SignalMessage } from '#contract/mqtt-messages.ts';
import { Model } from '#simulator/cell/model.ts';
import { MINUTE } from '#simulator/kernel/time.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';
import { mqttLine, pass, settle } from '#test/support/mqtt-line.ts';
import { lineNode, until, useOpcuaLine } from '#test/support/opcua-line.ts';

/** From half an hour before the cell is handed over, for longer than a test lasts. */
const faulty = (...faults: ({ fault: string } & Record<string, unknown>)[]): Model =>
  new Model({
    ...pumpLine().definition,
    scenario: faults.map((fault) => ({ ...fault, at: '30 min', for: '10 h' })),
  });

const [SILENT, LAST, BEYOND, SKEWED, TWICE, LIVELY] = [
  'ST03.Spindle.Temperature',
  'ST07.Oil.Temperature',
  'ST02.Motor.Temperature',
  'ST08.Camera.Temperature',
  'ST02.Motor.Current',
  'ST03.Spindle.Load',
];
const model = faulty(
  { fault: 'sensor-dropout', signal: SILENT },
  { fault: 'sensor-dropout', signal: LAST, quality: 'UncertainLastUsableValue' },
  { fault: 'sensor-out-of-range', signal: BEYOND },
  { fault: 'clock-skew', signal: SKEWED, by: -600 },
  { fault: 'duplicates', signal: TWICE },
);
/** Beyond its range or at one end of it, ever another one. */
const restless = faulty(
  { fault: 'sensor-out-of-range', signal: LIVELY },
  { fault: 'sensor-noise', signal: LIVELY, deviation: 1000 },
);
const BEGAN_US = 30 * MINUTE;

const line = useOpcuaLine(['p-anna', 'p-bo'], () => ({ model, models: { 'p-bo': restless } }));

test('OPC UA gives the status and the time of the device, read and recomputed', async () => {
  const anna = await line().connect('p-anna');
  const cell = line().cells['p-anna'];
  const epoch = (us: number) => Math.floor(cell.epochMs(us));
  const read = (path: string): Promise<DataValue> =>
    anna.read({ nodeId: lineNode(path), attributeId: AttributeIds.Value }, 0);

  const silent = await read(SILENT);
  expect(silent.statusCode).toBe(StatusCodes.BadNoCommunication);
  expect(silent.value.value).toBeNull();
  expect(silent.sourceTimestamp?.getTime()).toBe(epoch(BEGAN_US));
  const last = await read(LAST);
  expect(last.statusCode).toBe(StatusCodes.UncertainLastUsableValue);
  expect(last.value.value).toBe(cell.sample(model.indexOf(LAST)).value);
  const beyond = await read(BEYOND);
  expect(beyond.statusCode).toBe(StatusCodes.UncertainEngineeringUnitsExceeded);
  expect(beyond.value.value).toBeGreaterThan(120);
  const skewed = await read(SKEWED);
  expect(skewed.statusCode).toBe(StatusCodes.Good);
  expect(skewed.sourceTimestamp?.getTime()).toBe(epoch(cell.sample(model.indexOf(SKEWED)).tUs - 10 * MINUTE));
  expect((await read('ST09.Laser.Temperature')).statusCode).toBe(StatusCodes.Good);

  const { results } = await anna.historyRead(
    new HistoryReadRequest({
      historyReadDetails: new ReadRawModifiedDetails({
        ...{ isReadModified: false, numValuesPerNode: 0, returnBounds: false },
        ...{ startTime: new Date(epoch(BEGAN_US - MINUTE)), endTime: new Date(epoch(BEGAN_US + MINUTE)) },
      }),
      timestampsToReturn: TimestampsToReturn.Both,
      nodesToRead: [SILENT, BEYOND].map((path) => ({ nodeId: lineNode(path) })),
    }),
  );
  const statuses = results?.map(({ historyData }) =>
    ((historyData as unknown as { dataValues: DataValue[] }).dataValues ?? []).map(({ statusCode }) => statusCode.name),
  );
  expect(statuses?.[0].slice(-2)).toEqual(['Good', 'BadNoCommunication']);
  expect(statuses?.[1].slice(-2)).toEqual(['Good', 'UncertainEngineeringUnitsExceeded']);
});

test('a queue that overflows with values that are not good says so of each that was lost, and serves on', async () => {
  const { connect, wall } = line();
  const bo = await connect('p-bo');
  const subscription = await bo.createSubscription2({ requestedPublishingInterval: 1000, publishingEnabled: true });
  const watch = async (discardOldest: boolean) => {
    const item = await subscription.monitor(
      { nodeId: lineNode(LIVELY), attributeId: AttributeIds.Value },
      { samplingInterval: 100, queueSize: 2, discardOldest },
      TimestampsToReturn.Both,
    );
    const got: DataValue[] = [];
    item.on('changed', (value: DataValue) => got.push(value));
    return got;
  };
  const both = [await watch(true), await watch(false)];
  for (let n = 0; n < 20; n++) {
    wall.forward(1000);
    await new Promise(setImmediate);
  }
  const isOverflow = ({ statusCode }: DataValue) => statusCode.hasOverflowBit;
  await until(() => both.every((got) => got.some(isOverflow)), 'the sign that values were lost');
  for (const got of both) {
    expect(got.every(({ statusCode }) => statusCode.name.startsWith('UncertainEngineeringUnitsExceeded'))).toBe(true);
  }
  expect((await bo.read({ nodeId: lineNode(LAST) })).statusCode).toBe(StatusCodes.Good);
});

test('MQTT gives the same in its payload, sends duplicates twice, and a station message says null for what is silent', async () => {
  const mqtt = await mqttLine(['p-ann'], { model });
  const ann = await mqtt.connect('p-ann');
  const { client, got, json } = ann;
  const topicOf = (path: string) => `${mqtt.prefix}/${path.replaceAll('.', '/')}`;
  await client.subscribeAsync([SILENT, LAST, BEYOND, SKEWED, TWICE, 'ST03'].map(topicOf));
  await pass(mqtt, 20_000, 1000);
  await settle({ client, got, json });
  const of = (path: string) => SignalMessage.parse(json(topicOf(path)));
  expect(of(SILENT)).toMatchObject({ v: null, q: 'BadNoCommunication' });
  expect(of(LAST)).toMatchObject({ q: 'UncertainLastUsableValue', v: expect.any(Number) as number });
  expect(of(BEYOND)).toMatchObject({ q: 'UncertainEngineeringUnitsExceeded' });
  expect(of(SKEWED).q).toBe('Good');
  const behindMs = mqtt.cells['p-ann'].epochMs(mqtt.cells['p-ann'].clock.simUs) - Date.parse(of(SKEWED).t);
  expect(behindMs).toBeGreaterThanOrEqual(600_000);
  expect((json(topicOf('ST03')) as { values: Record<string, unknown> }).values['Spindle.Temperature']).toBeNull();
  const sent = got.filter(({ topic, retain }) => topic === topicOf(TWICE) && !retain).map(({ text }) => text);
  expect(sent.length).toBeGreaterThan(1);
  for (let k = 0; k < sent.length; k += 2) expect(sent[k + 1]).toBe(sent[k]);
  expect(sent.length % 2).toBe(0);
});
