import {
  AggregateFilter,
  AttributeIds,
  BrowseDirection,
  BrowseNextRequest,
  BrowseRequest,
  CallRequest,
  type ClientSession,
  CreateMonitoredItemsRequest,
  type CreateMonitoredItemsResponse,
  DataChangeFilter,
  DataChangeTrigger,
  DataType,
  DeleteMonitoredItemsRequest,
  DeleteSubscriptionsRequest,
  HistoryReadRequest,
  ModifyMonitoredItemsRequest,
  MonitoringMode,
  PublishRequest,
  ReadAtTimeDetails,
  ReadEventDetails,
  ReadProcessedDetails,
  ReadRawModifiedDetails,
  ReadRequest,
  type Response,
  SetMonitoringModeRequest,
  SetPublishingModeRequest,
  SetTriggeringRequest,
  TimestampsToReturn,
  TranslateBrowsePathsToNodeIdsRequest,
  UnregisterNodesRequest,
  Variant,
  VariantArrayType,
  WriteRequest,
} from 'node-opcua';
import { expect, test } from 'vitest';
import { ask } from '#test/support/opcua-ask.ts';
import { filterOf } from '#test/support/opcua-events.ts';
import { lineNode, useOpcuaLine } from '#test/support/opcua-line.ts';

const line = useOpcuaLine(['p-anna', 'p-bo']);
const LOAD = lineNode('ST03.Spindle.Load');
const FEED = lineNode('ST03.Program.Feed');

/** Status codes of the single operations of an answer, or of the whole where it has none. */
async function told(session: ClientSession, request: object): Promise<string> {
  const { response, status } = await ask(session, request);
  const { results } = (response ?? {}) as Response & {
    results?: { statusCode?: { name: string }; name?: string }[] | null;
  };
  return results?.length ? results.map((one) => one.statusCode?.name ?? one.name).join() : status;
}

/** An attribute that there is not; the library would not make one. */
function noAttribute<R extends ReadRequest | WriteRequest | CreateMonitoredItemsRequest>(request: R): R {
  const ids = [
    ...((request as Partial<ReadRequest>).nodesToRead ?? []),
    ...((request as Partial<WriteRequest>).nodesToWrite ?? []),
    ...((request as Partial<CreateMonitoredItemsRequest>).itemsToCreate ?? []).map(
      ({ itemToMonitor }) => itemToMonitor,
    ),
  ];
  for (const each of ids) each.attributeId = 99;
  return request;
}

/** What each request is told, by its name. */
async function answers(session: ClientSession, requests: Record<string, object>): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const [name, request] of Object.entries(requests)) seen[name] = await told(session, request);
  return seen;
}

test('reads, browses and paths that mean nothing are each told what is wrong with them', async () => {
  const anna = await line().connect('p-anna');
  const read = (more: object, ...nodesToRead: object[]) =>
    new ReadRequest({ timestampsToReturn: TimestampsToReturn.Both, ...more, nodesToRead });
  const value = { nodeId: LOAD, attributeId: AttributeIds.Value };
  const browse = (more: object) =>
    new BrowseRequest({
      requestedMaxReferencesPerNode: 10,
      nodesToBrowse: [
        {
          nodeId: lineNode('ST03'),
          browseDirection: BrowseDirection.Forward,
          includeSubtypes: true,
          resultMask: 63,
          ...more,
        },
      ],
    });
  const path = (startingNode: string, ...names: (string | null)[]) =>
    new TranslateBrowsePathsToNodeIdsRequest({
      browsePaths: [
        {
          startingNode,
          relativePath: {
            elements: names.map((name) => ({
              isInverse: false,
              includeSubtypes: true,
              targetName: { name, namespaceIndex: 2 } as never,
            })),
          },
        },
      ],
    });
  expect(
    await answers(anna, {
      'read nothing': read({}),
      'read an attribute that is none': noAttribute(read({}, value)),
      'read with a negative age': read({ maxAge: -1 }, value),
      'read with times that are none': read({ timestampsToReturn: TimestampsToReturn.Invalid }, value),
      'read a part of a scalar': read({}, { ...value, indexRange: '0:1' }),
      'read in an encoding that is none': read({}, { ...value, dataEncoding: { name: 'Default Nothing' } }),
      'read an attribute in an encoding': read(
        {},
        { nodeId: LOAD, attributeId: AttributeIds.BrowseName, dataEncoding: { name: 'Default Binary' } },
      ),
      'browse nothing': new BrowseRequest({ nodesToBrowse: [] }),
      'browse in a direction that is none': browse({ browseDirection: BrowseDirection.Invalid }),
      'browse along what is no reference': browse({ referenceTypeId: LOAD }),
      'browse a node that nobody has': browse({ nodeId: lineNode('ST99') }),
      'go on with nothing': new BrowseNextRequest({ continuationPoints: [] }),
      'go on from nowhere': new BrowseNextRequest({ continuationPoints: [Buffer.from('nowhere')] }),
      'no path': new TranslateBrowsePathsToNodeIdsRequest({ browsePaths: [] }),
      'a path without steps': path(lineNode('ST03')),
      'a path without a name at its end': path(lineNode('ST03'), null),
      'a path into nothing': path(lineNode('ST03'), 'Spindle', 'Nothing'),
      'a path from nowhere': path(lineNode('ST99'), 'Spindle'),
      'unregister nothing': new UnregisterNodesRequest({ nodesToUnregister: [] }),
    }),
  ).toEqual({
    'a path from nowhere': 'BadNodeIdUnknown',
    'a path into nothing': 'BadNoMatch',
    'a path without a name at its end': 'BadBrowseNameInvalid',
    'a path without steps': 'BadNothingToDo',
    'browse a node that nobody has': 'BadNodeIdUnknown',
    'browse along what is no reference': 'BadReferenceTypeIdInvalid',
    'browse in a direction that is none': 'BadBrowseDirectionInvalid',
    'browse nothing': 'BadNothingToDo',
    'go on from nowhere': 'BadContinuationPointInvalid',
    'go on with nothing': 'BadNothingToDo',
    'no path': 'BadNothingToDo',
    'read a part of a scalar': 'BadIndexRangeNoData',
    'read an attribute in an encoding': 'BadDataEncodingInvalid',
    'read an attribute that is none': 'BadAttributeIdInvalid',
    'read in an encoding that is none': 'BadDataEncodingInvalid',
    'read nothing': 'BadNothingToDo',
    'read with a negative age': 'BadMaxAgeInvalid',
    'read with times that are none': 'BadTimestampsToReturnInvalid',
    'unregister nothing': 'BadNothingToDo',
  });
});

test('writes and calls that cannot be are each told what is wrong with them, and change nothing', async () => {
  const anna = await line().connect('p-anna');
  const write = (value: object, more: object = {}) =>
    new WriteRequest({
      nodesToWrite: [{ nodeId: FEED, attributeId: AttributeIds.Value, value: { value: value as never }, ...more }],
    });
  const double = (value: number) => ({ dataType: DataType.Double, value });
  const call = (objectId: string, methodId: string, ...inputArguments: object[]) =>
    new CallRequest({ methodsToCall: [{ objectId, methodId, inputArguments: inputArguments }] });
  const mode = (...given: object[]) => call(lineNode('ST03'), lineNode('ST03.SetMode'), ...given);
  const one = { dataType: DataType.Int32, value: 1 };
  const before = await anna.read({ nodeId: FEED });
  expect(
    await answers(anna, {
      'write nothing': new WriteRequest({ nodesToWrite: [] }),
      'an array on a scalar': write(
        new Variant({ dataType: DataType.Double, arrayType: VariantArrayType.Array, value: [80, 90] }),
      ),
      'a part of a scalar': write(double(80), { indexRange: '0:1' }),
      'no number': write(double(NaN)),
      'no end': write(double(Infinity)),
      'no value': write({ dataType: DataType.Null, value: null }),
      'below its range': write(double(-1)),
      'another attribute': write(double(80), { attributeId: AttributeIds.AccessLevel }),
      'an attribute that is none': noAttribute(write(double(80))),
      'a method': write(double(80), { nodeId: lineNode('ST03.Hold') }),
      'call nothing': new CallRequest({ methodsToCall: [] }),
      'a method that nobody has': call(lineNode('ST03'), lineNode('ST03.Fly')),
      'a method of nobody': call(lineNode('ST99'), lineNode('ST03.SetMode'), one),
      'what is no method': call(lineNode('ST03'), LOAD),
      'too few arguments': mode(),
      'too many arguments': mode(one, one),
      'an argument of another type': mode({ dataType: DataType.String, value: '1' }),
      'an array for an argument': mode(
        new Variant({ dataType: DataType.Int32, arrayType: VariantArrayType.Array, value: [1] }),
      ),
      'an argument out of range': mode({ dataType: DataType.Int32, value: 77 }),
      'an order that is no JSON': call(lineNode('Orders'), lineNode('Orders.Store'), {
        dataType: DataType.String,
        value: '{"variant":',
      }),
      'an order of millions of characters': call(lineNode('Orders'), lineNode('Orders.Store'), {
        dataType: DataType.String,
        value: 'x'.repeat(2e6),
      }),
    }),
  ).toEqual({
    'a method': 'BadNotWritable',
    'a method of nobody': 'BadNodeIdUnknown',
    'a method that nobody has': 'BadMethodInvalid',
    'a part of a scalar': 'BadWriteNotSupported',
    'an argument of another type': 'BadTypeMismatch',
    'an argument out of range': 'BadOutOfRange',
    'an array for an argument': 'BadTypeMismatch',
    'an array on a scalar': 'BadTypeMismatch',
    'an attribute that is none': 'BadAttributeIdInvalid',
    'an order of millions of characters': 'BadTypeMismatch',
    'an order that is no JSON': 'BadTypeMismatch',
    'another attribute': 'BadNotWritable',
    'below its range': 'BadOutOfRange',
    'call nothing': 'BadNothingToDo',
    'no end': 'BadOutOfRange',
    'no number': 'BadTypeMismatch',
    'no value': 'BadTypeMismatch',
    'too few arguments': 'BadArgumentsMissing',
    'too many arguments': 'BadTooManyArguments',
    'what is no method': 'BadMethodInvalid',
    'write nothing': 'BadNothingToDo',
  });
  expect((await anna.read({ nodeId: FEED })).value.value).toBe(before.value.value);
});

test('history that cannot be read is told what is wrong with it', async () => {
  const { connect, cells } = line();
  const [anna, bo] = [await connect('p-anna'), await connect('p-bo')];
  const nowMs = cells['p-anna'].epochMs(cells['p-anna'].clock.simUs);
  const [startTime, endTime] = [new Date(nowMs - 120_000), new Date(nowMs - 60_000)];
  const history = (historyReadDetails: object | null, nodes: object[] = [{ nodeId: LOAD }], more: object = {}) =>
    new HistoryReadRequest({
      historyReadDetails: historyReadDetails as never,
      nodesToRead: nodes,
      timestampsToReturn: TimestampsToReturn.Both,
      ...more,
    });
  const raw = new ReadRawModifiedDetails({ startTime, endTime, numValuesPerNode: 2 });
  const processed = (more: object) =>
    new ReadProcessedDetails({ startTime, endTime, processingInterval: 10_000, aggregateType: ['i=2342'], ...more });
  const events = (more: object) =>
    new ReadEventDetails({ startTime, endTime, numValuesPerNode: 5, filter: filterOf([]), ...more });
  const server = [{ nodeId: 'i=2253' }];
  const cursor = (await bo.historyRead(history(raw))).results?.[0].continuationPoint;
  expect(cursor?.length).toBeGreaterThan(0);
  expect(
    await answers(anna, {
      'of nothing': history(raw, []),
      'without details': history(null),
      'of too many nodes': history(
        raw,
        Array.from({ length: 51 }, () => ({ nodeId: LOAD })),
      ),
      'with the continuation point of another': history(raw, [{ nodeId: LOAD, continuationPoint: cursor }]),
      'release the continuation point of another': history(raw, [{ nodeId: LOAD, continuationPoint: cursor }], {
        releaseContinuationPoints: true,
      }),
      'of what has none': history(raw, [{ nodeId: lineNode('ST03') }]),
      'of a part': history(raw, [{ nodeId: LOAD, indexRange: '0:1' }]),
      'in an encoding that is none': history(raw, [{ nodeId: LOAD, dataEncoding: { name: 'Default Nothing' } }]),
      'with times that are none': history(raw, undefined, { timestampsToReturn: TimestampsToReturn.Invalid }),
      'an aggregate that nobody knows': history(processed({ aggregateType: ['i=1'] })),
      'more aggregates than nodes': history(processed({ aggregateType: ['i=2342', 'i=2342'] })),
      'a negative interval': history(processed({ processingInterval: -5 })),
      'no time between': history(processed({ endTime: startTime })),
      'at no time': history(new ReadAtTimeDetails({ reqTimes: [] })),
      'at too many times': history(
        new ReadAtTimeDetails({ reqTimes: Array.from({ length: 200_000 }, (_, n) => new Date(nowMs - n)) }),
      ),
      'events without fields': history(events({ filter: { selectClauses: [] } }), server),
      'events without an end': history(events({ startTime: new Date(0), endTime: null, numValuesPerNode: 0 }), server),
      'events of what tells none': history(events({}), [{ nodeId: LOAD }]),
      'events of too many': history(
        events({}),
        Array.from({ length: 60 }, () => server[0]),
      ),
    }),
  ).toEqual({
    'a negative interval': 'BadAggregateInvalidInputs',
    'an aggregate that nobody knows': 'BadAggregateNotSupported',
    'at no time': 'BadNothingToDo',
    'at too many times': 'BadTooManyOperations',
    'events of too many': 'BadTooManyOperations',
    'events of what tells none': 'BadHistoryOperationUnsupported',
    'events without an end': 'BadInvalidTimestampArgument',
    'events without fields': 'BadEventFilterInvalid',
    'in an encoding that is none': 'BadDataEncodingInvalid',
    'more aggregates than nodes': 'BadAggregateListMismatch',
    'no time between': 'BadAggregateInvalidInputs',
    'of a part': 'BadIndexRangeNoData',
    'of nothing': 'BadNothingToDo',
    'of too many nodes': 'BadTooManyOperations',
    'of what has none': 'BadHistoryOperationUnsupported',
    'release the continuation point of another': 'BadContinuationPointInvalid',
    'with the continuation point of another': 'BadContinuationPointInvalid',
    'with times that are none': 'BadTimestampsToReturnInvalid',
    'without details': 'BadHistoryOperationUnsupported',
  });
  expect(
    (await bo.historyRead(history(raw, [{ nodeId: LOAD, continuationPoint: cursor }]))).results?.[0].statusCode.name,
  ).toBe('Good');
});

test('subscriptions and items that cannot be are told what is wrong with them', async () => {
  const anna = await line().connect('p-anna');
  expect(await told(anna, new PublishRequest({ subscriptionAcknowledgements: [] }))).toBe('BadNoSubscription');
  const { subscriptionId } = await anna.createSubscription2({
    requestedPublishingInterval: 500,
    publishingEnabled: true,
  });
  const items = (itemsToCreate: object[], more: object = {}) =>
    new CreateMonitoredItemsRequest({
      subscriptionId,
      timestampsToReturn: TimestampsToReturn.Both,
      itemsToCreate,
      ...more,
    });
  const item = (more: object, parameters: object = {}) =>
    items([
      {
        itemToMonitor: { nodeId: LOAD, attributeId: AttributeIds.Value, ...more },
        monitoringMode: MonitoringMode.Reporting,
        requestedParameters: {
          clientHandle: 1,
          samplingInterval: 500,
          queueSize: 1,
          discardOldest: true,
          ...parameters,
        },
      },
    ]);
  const deadband = (deadbandType: number, deadbandValue: number, nodeId = LOAD) =>
    item(
      { nodeId },
      { filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType, deadbandValue }) },
    );
  expect(
    await answers(anna, {
      'no item': items([]),
      'of a subscription that nobody has': items([{}], { subscriptionId: 4_000_000_000 }),
      'with times that are none': items(
        [{ itemToMonitor: { nodeId: LOAD, attributeId: 13 }, monitoringMode: MonitoringMode.Reporting }],
        {
          timestampsToReturn: TimestampsToReturn.Invalid,
        },
      ),
      'of a node that nobody has': item({ nodeId: lineNode('ST99') }),
      'of an attribute that is none': noAttribute(item({})),
      'the value of an object': item({ nodeId: lineNode('ST03') }),
      'of a part that is none': item({ indexRange: '3:1' }),
      'in an encoding that is none': item({ dataEncoding: { name: 'Default Nothing' } }),
      'in a mode that is none': items([
        {
          itemToMonitor: { nodeId: LOAD, attributeId: 13 },
          monitoringMode: MonitoringMode.Invalid,
          requestedParameters: { clientHandle: 2 },
        },
      ]),
      'a deadband below nothing': deadband(1, -5),
      'a deadband of more than all': deadband(2, 150),
      'a deadband on a state': deadband(1, 5, lineNode('ST03.Door.Closed')),
      'a percentage of what has no range': deadband(2, 5, lineNode('Clock.Speed')),
      'a deadband on a name': item(
        { attributeId: AttributeIds.DisplayName },
        { filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: 1, deadbandValue: 5 }) },
      ),
      'an event filter on a value': item({}, { filter: filterOf([]) }),
      'an aggregate filter': item(
        {},
        { filter: new AggregateFilter({ aggregateType: 'i=2342', processingInterval: 1000, startTime: new Date() }) },
      ),
      'modify nothing': new ModifyMonitoredItemsRequest({
        subscriptionId,
        timestampsToReturn: TimestampsToReturn.Both,
        itemsToModify: [],
      }),
      'modify an item that nobody has': new ModifyMonitoredItemsRequest({
        subscriptionId,
        timestampsToReturn: TimestampsToReturn.Both,
        itemsToModify: [{ monitoredItemId: 4e9, requestedParameters: {} }],
      }),
      'a mode for nothing': new SetMonitoringModeRequest({
        subscriptionId,
        monitoringMode: MonitoringMode.Reporting,
        monitoredItemIds: [],
      }),
      'a mode for an item that nobody has': new SetMonitoringModeRequest({
        subscriptionId,
        monitoringMode: MonitoringMode.Reporting,
        monitoredItemIds: [4e9],
      }),
      'links of nothing': new SetTriggeringRequest({ subscriptionId, triggeringItemId: 4e9, linksToAdd: [4e9] }),
      'no links': new SetTriggeringRequest({ subscriptionId, triggeringItemId: 4e9 }),
      'delete no items': new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds: [] }),
      'delete an item that nobody has': new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds: [4e9] }),
      'publish for nothing': new SetPublishingModeRequest({ publishingEnabled: true, subscriptionIds: [] }),
      'publish for a subscription that nobody has': new SetPublishingModeRequest({
        publishingEnabled: true,
        subscriptionIds: [4e9],
      }),
      'delete no subscriptions': new DeleteSubscriptionsRequest({ subscriptionIds: [] }),
      'delete a subscription that nobody has': new DeleteSubscriptionsRequest({ subscriptionIds: [4e9] }),
    }),
  ).toEqual({
    'a deadband below nothing': 'BadDeadbandFilterInvalid',
    'a deadband of more than all': 'BadDeadbandFilterInvalid',
    'a deadband on a name': 'BadFilterNotAllowed',
    'a deadband on a state': 'BadFilterNotAllowed',
    'a mode for an item that nobody has': 'BadMonitoredItemIdInvalid',
    'a mode for nothing': 'BadNothingToDo',
    'a percentage of what has no range': 'BadMonitoredItemFilterUnsupported',
    'an aggregate filter': 'BadMonitoredItemFilterUnsupported',
    'an event filter on a value': 'BadFilterNotAllowed',
    'delete a subscription that nobody has': 'BadSubscriptionIdInvalid',
    'delete an item that nobody has': 'BadMonitoredItemIdInvalid',
    'delete no items': 'BadNothingToDo',
    'delete no subscriptions': 'BadNothingToDo',
    'in a mode that is none': 'BadMonitoringModeInvalid',
    'in an encoding that is none': 'BadDataEncodingUnsupported',
    'links of nothing': 'BadMonitoredItemIdInvalid',
    'modify an item that nobody has': 'BadMonitoredItemIdInvalid',
    'modify nothing': 'BadNothingToDo',
    'no item': 'BadNothingToDo',
    'no links': 'BadNothingToDo',
    'of a node that nobody has': 'BadNodeIdUnknown',
    'of a part that is none': 'BadIndexRangeInvalid',
    'of a subscription that nobody has': 'BadSubscriptionIdInvalid',
    'of an attribute that is none': 'BadAttributeIdInvalid',
    'publish for a subscription that nobody has': 'BadSubscriptionIdInvalid',
    'publish for nothing': 'BadNothingToDo',
    'the value of an object': 'BadAttributeIdInvalid',
    'with times that are none': 'BadTimestampsToReturnInvalid',
  });

  const made = await ask(anna, item({}));
  const [{ monitoredItemId }] = (made.response as CreateMonitoredItemsResponse).results ?? [];
  const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: 1, deadbandValue: -5 });
  const change = new ModifyMonitoredItemsRequest({
    ...{ subscriptionId, timestampsToReturn: TimestampsToReturn.Both },
    itemsToModify: [{ monitoredItemId, requestedParameters: { samplingInterval: 500, queueSize: 1, filter } }],
  });
  expect(await told(anna, change)).toBe('BadDeadbandFilterInvalid');
});
