import {
  AggregateFilter,
  AttributeIds,
  CreateMonitoredItemsRequest,
  DataChangeFilter,
  DataChangeTrigger,
  DeleteMonitoredItemsRequest,
  DeleteSubscriptionsRequest,
  ModifyMonitoredItemsRequest,
  MonitoringMode,
  SetMonitoringModeRequest,
  SetPublishingModeRequest,
  SetTriggeringRequest,
  TimestampsToReturn,
} from 'node-opcua';
import { filterOf } from '#test/support/opcua-events.ts';
import { lineNode } from '#test/support/opcua-line.ts';
import { type Cases, noAttribute } from './cases.ts';

const LOAD = lineNode('ST03.Spindle.Load');

/** Requests for items of a subscription: of the spindle's load, unless it says otherwise. */
export const itemsOf = (subscriptionId: number) => {
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
  return { items, item };
};

/** Items and subscriptions that cannot be. */
export function badItems(subscriptionId: number): Cases {
  const { items, item } = itemsOf(subscriptionId);
  const deadband = (deadbandType: number, deadbandValue: number, nodeId = LOAD) =>
    item(
      { nodeId },
      { filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType, deadbandValue }) },
    );

  return {
    'no item': [items([]), 'BadNothingToDo'],
    'of a subscription that nobody has': [items([{}], { subscriptionId: 4_000_000_000 }), 'BadSubscriptionIdInvalid'],
    'with times that are none': [
      items([{ itemToMonitor: { nodeId: LOAD, attributeId: 13 }, monitoringMode: MonitoringMode.Reporting }], {
        timestampsToReturn: TimestampsToReturn.Invalid,
      }),
      'BadTimestampsToReturnInvalid',
    ],
    'of a node that nobody has': [item({ nodeId: lineNode('ST99') }), 'BadNodeIdUnknown'],
    'of an attribute that is none': [noAttribute(item({})), 'BadAttributeIdInvalid'],
    'the value of an object': [item({ nodeId: lineNode('ST03') }), 'BadAttributeIdInvalid'],
    'of a part that is none': [item({ indexRange: '3:1' }), 'BadIndexRangeInvalid'],
    'in an encoding that is none': [item({ dataEncoding: { name: 'Default Nothing' } }), 'BadDataEncodingUnsupported'],
    'in a mode that is none': [
      items([
        {
          itemToMonitor: { nodeId: LOAD, attributeId: 13 },
          monitoringMode: MonitoringMode.Invalid,
          requestedParameters: { clientHandle: 2 },
        },
      ]),
      'BadMonitoringModeInvalid',
    ],
    'a deadband below nothing': [deadband(1, -5), 'BadDeadbandFilterInvalid'],
    'a deadband of a kind that is none': [deadband(9, 5), 'BadDeadbandFilterInvalid'],
    'a trigger that is none': [
      item(
        {},
        { filter: new DataChangeFilter({ trigger: DataChangeTrigger.Invalid, deadbandType: 1, deadbandValue: 5 }) },
      ),
      'BadMonitoredItemFilterInvalid',
    ],
    'a deadband of more than all': [deadband(2, 150), 'BadDeadbandFilterInvalid'],
    'a deadband on a state': [deadband(1, 5, lineNode('ST03.Door.Closed')), 'BadFilterNotAllowed'],
    'a percentage of what has no range': [deadband(2, 5, lineNode('Clock.Speed')), 'BadMonitoredItemFilterUnsupported'],
    'a deadband on a name': [
      item(
        { attributeId: AttributeIds.DisplayName },
        { filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: 1, deadbandValue: 5 }) },
      ),
      'BadFilterNotAllowed',
    ],
    'an event filter on a value': [item({}, { filter: filterOf([]) }), 'BadFilterNotAllowed'],
    'an aggregate filter': [
      item(
        {},
        { filter: new AggregateFilter({ aggregateType: 'i=2342', processingInterval: 1000, startTime: new Date() }) },
      ),
      'BadMonitoredItemFilterUnsupported',
    ],
    'modify nothing': [
      new ModifyMonitoredItemsRequest({
        subscriptionId,
        timestampsToReturn: TimestampsToReturn.Both,
        itemsToModify: [],
      }),
      'BadNothingToDo',
    ],
    'modify an item that nobody has': [
      new ModifyMonitoredItemsRequest({
        subscriptionId,
        timestampsToReturn: TimestampsToReturn.Both,
        itemsToModify: [{ monitoredItemId: 4e9, requestedParameters: {} }],
      }),
      'BadMonitoredItemIdInvalid',
    ],
    'a mode for nothing': [
      new SetMonitoringModeRequest({
        subscriptionId,
        monitoringMode: MonitoringMode.Reporting,
        monitoredItemIds: [],
      }),
      'BadNothingToDo',
    ],
    'a mode for an item that nobody has': [
      new SetMonitoringModeRequest({
        subscriptionId,
        monitoringMode: MonitoringMode.Reporting,
        monitoredItemIds: [4e9],
      }),
      'BadMonitoredItemIdInvalid',
    ],
    'links of nothing': [
      new SetTriggeringRequest({ subscriptionId, triggeringItemId: 4e9, linksToAdd: [4e9] }),
      'BadMonitoredItemIdInvalid',
    ],
    'no links': [new SetTriggeringRequest({ subscriptionId, triggeringItemId: 4e9 }), 'BadNothingToDo'],
    'delete no items': [new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds: [] }), 'BadNothingToDo'],
    'delete an item that nobody has': [
      new DeleteMonitoredItemsRequest({ subscriptionId, monitoredItemIds: [4e9] }),
      'BadMonitoredItemIdInvalid',
    ],
    'publish for nothing': [
      new SetPublishingModeRequest({ publishingEnabled: true, subscriptionIds: [] }),
      'BadNothingToDo',
    ],
    'publish for a subscription that nobody has': [
      new SetPublishingModeRequest({
        publishingEnabled: true,
        subscriptionIds: [4e9],
      }),
      'BadSubscriptionIdInvalid',
    ],
    'delete no subscriptions': [new DeleteSubscriptionsRequest({ subscriptionIds: [] }), 'BadNothingToDo'],
    'delete a subscription that nobody has': [
      new DeleteSubscriptionsRequest({ subscriptionIds: [4e9] }),
      'BadSubscriptionIdInvalid',
    ],
  };
}
