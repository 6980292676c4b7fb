import type { CreateMonitoredItemsRequest, ReadRequest, WriteRequest } from 'node-opcua';

/** By what is wrong with each: a request, and the name of the status that it gets. */
export type Cases = Readonly<Record<string, readonly [request: object, status: string]>>;

/** An attribute that there is not; the library would not make one. */
export function noAttribute<R extends ReadRequest | WriteRequest | CreateMonitoredItemsRequest>(request: R): R {
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
