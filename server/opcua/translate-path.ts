import {
  type AddressSpace,
  BrowsePath,
  BrowsePathResult,
  coerceExpandedNodeId,
  type NodeId,
  RelativePath,
  StatusCodes,
} from 'node-opcua';
import { seenBy } from './session-view.ts';
import type { Visit } from './visit.ts';

/**
 * TranslateBrowsePathsToNodeIds, one step at a time: after each, what the visit cannot see is dropped, so that no path
 * leads through another line or tells what is there.
 */
export function translatePath(
  addressSpace: AddressSpace,
  visit: Visit | undefined,
  path: BrowsePath,
): BrowsePathResult {
  const elements = path.relativePath.elements ?? [];
  if (elements.length === 0) return new BrowsePathResult({ statusCode: StatusCodes.BadNothingToDo });
  if (elements.some(({ targetName }) => !targetName?.name)) {
    return new BrowsePathResult({ statusCode: StatusCodes.BadBrowseNameInvalid });
  }
  const start = seenBy(visit, path.startingNode);
  if (!addressSpace.findNode(start)) return new BrowsePathResult({ statusCode: StatusCodes.BadNodeIdUnknown });
  let here: NodeId[] = [start];
  for (const element of elements) {
    const step = new RelativePath({ elements: [element] });
    const reached = here.flatMap(
      (startingNode) => addressSpace.browsePath(new BrowsePath({ startingNode, relativePath: step })).targets ?? [],
    );
    here = reached.map(({ targetId }) => targetId as NodeId).filter((id) => seenBy(visit, id) === id);
  }
  if (here.length === 0) return new BrowsePathResult({ statusCode: StatusCodes.BadNoMatch });
  return new BrowsePathResult({
    statusCode: StatusCodes.Good,
    targets: here.map((id) => ({ targetId: coerceExpandedNodeId(id), remainingPathIndex: 0xffffffff })),
  });
}
