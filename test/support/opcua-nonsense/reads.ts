import {
  AttributeIds,
  BrowseDirection,
  BrowseNextRequest,
  BrowseRequest,
  ReadRequest,
  TimestampsToReturn,
  TranslateBrowsePathsToNodeIdsRequest,
  UnregisterNodesRequest,
} from 'node-opcua';
import { lineNode } from '#test/support/opcua-line.ts';
import { type Cases, noAttribute } from './cases.ts';

const LOAD = lineNode('ST03.Spindle.Load');

/** Reads, browses and paths that mean nothing. */
export function badReads(): Cases {
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

  return {
    'read nothing': [read({}), 'BadNothingToDo'],
    'read an attribute that is none': [noAttribute(read({}, value)), 'BadAttributeIdInvalid'],
    'read with a negative age': [read({ maxAge: -1 }, value), 'BadMaxAgeInvalid'],
    'read with times that are none': [
      read({ timestampsToReturn: TimestampsToReturn.Invalid }, value),
      'BadTimestampsToReturnInvalid',
    ],
    'read a part of a scalar': [read({}, { ...value, indexRange: '0:1' }), 'BadIndexRangeNoData'],
    'read a part that is none': [read({}, { ...value, indexRange: '3:1' }), 'BadIndexRangeInvalid'],
    'read in an encoding that is none': [
      read({}, { ...value, dataEncoding: { name: 'Default Nothing' } }),
      'BadDataEncodingInvalid',
    ],
    'read an attribute in an encoding': [
      read({}, { nodeId: LOAD, attributeId: AttributeIds.BrowseName, dataEncoding: { name: 'Default Binary' } }),
      'BadDataEncodingInvalid',
    ],
    'browse nothing': [new BrowseRequest({ nodesToBrowse: [] }), 'BadNothingToDo'],
    'browse in a direction that is none': [
      browse({ browseDirection: BrowseDirection.Invalid }),
      'BadBrowseDirectionInvalid',
    ],
    'browse along what is no reference': [browse({ referenceTypeId: LOAD }), 'BadReferenceTypeIdInvalid'],
    'browse a node that nobody has': [browse({ nodeId: lineNode('ST99') }), 'BadNodeIdUnknown'],
    'go on with nothing': [new BrowseNextRequest({ continuationPoints: [] }), 'BadNothingToDo'],
    'go on from nowhere': [
      new BrowseNextRequest({ continuationPoints: [Buffer.from('nowhere')] }),
      'BadContinuationPointInvalid',
    ],
    'no path': [new TranslateBrowsePathsToNodeIdsRequest({ browsePaths: [] }), 'BadNothingToDo'],
    'a path without steps': [path(lineNode('ST03')), 'BadNothingToDo'],
    'a path without a name at its end': [path(lineNode('ST03'), null), 'BadBrowseNameInvalid'],
    'a path into nothing': [path(lineNode('ST03'), 'Spindle', 'Nothing'), 'BadNoMatch'],
    'a path from nowhere': [path(lineNode('ST99'), 'Spindle'), 'BadNodeIdUnknown'],
    'unregister nothing': [new UnregisterNodesRequest({ nodesToUnregister: [] }), 'BadNothingToDo'],
  };
}
