import {
  AggregateFilter,
  AttributeIds,
  DataChangeFilter,
  DataChangeTrigger,
  DeadbandType,
  MonitoredItem,
  type MonitoredItemCreateRequest,
  MonitoringMode,
  type MonitoringParameters,
  type StatusCode,
  StatusCodes,
} from 'node-opcua';

/** What is wrong with a wish for an item that the library would grant, and then not keep (OPC 10000-4, 5.12.2.4). */
export function itemProblem(wish: MonitoredItemCreateRequest): StatusCode | undefined {
  const { itemToMonitor, monitoringMode, requestedParameters } = wish;
  if ((AttributeIds[itemToMonitor.attributeId] as string | undefined) === undefined) {
    return StatusCodes.BadAttributeIdInvalid;
  }
  if (!modes.includes(monitoringMode)) return StatusCodes.BadMonitoringModeInvalid;
  return parametersProblem(requestedParameters);
}

const modes = [MonitoringMode.Disabled, MonitoringMode.Sampling, MonitoringMode.Reporting];

/** On the wire an enumeration is a number, and any may stand there; of those it does not know the library makes `Invalid`. */
const isOneOf = (names: Readonly<Record<number, string | undefined>>, value: number): boolean =>
  (names[value] ?? 'Invalid') !== 'Invalid';

/** What is wrong with its terms: aggregates are computed of history, and no change is smaller than nothing. */
export function parametersProblem({ filter }: MonitoringParameters): StatusCode | undefined {
  if (filter instanceof AggregateFilter) return StatusCodes.BadMonitoredItemFilterUnsupported;
  if (!(filter instanceof DataChangeFilter)) return undefined;
  const { trigger, deadbandType, deadbandValue } = filter;
  if (!isOneOf(DataChangeTrigger, trigger)) return StatusCodes.BadMonitoredItemFilterInvalid;
  if (!isOneOf(DeadbandType, deadbandType)) return StatusCodes.BadDeadbandFilterInvalid;
  if (DeadbandType[deadbandType] === 'None') return undefined;
  return deadbandValue >= 0 ? undefined : StatusCodes.BadDeadbandFilterInvalid;
}

/**
 * The library throws at intervals that are no numbers, and in ModifyMonitoredItems at negative ones. What is no time is
 * taken as a wish for that of the subscription, and an endless one for the longest there is (OPC 10000-4, 7.21).
 */
export function mendInterval(parameters: MonitoringParameters, publishingMs = -1): void {
  const { samplingInterval: wanted } = parameters;
  if (!(wanted >= 0)) parameters.samplingInterval = publishingMs;
  else if (wanted > MonitoredItem.maximumSamplingInterval) {
    parameters.samplingInterval = MonitoredItem.maximumSamplingInterval;
  }
}
