import { type ClientSession, coerceNodeId, type NodeId } from 'node-opcua';
import { AppError } from '#server/errors.ts';

/**
 * A NodeId as typed: with an index, or with the URI of its namespace, which the session looks up (OPC 10000-6,
 * 5.3.1.10). Throws an AppError if it is none.
 */
export async function nodeIdOf(session: Pick<ClientSession, 'readNamespaceArray'>, text: string): Promise<NodeId> {
  const [, uri, rest] = /^nsu=([^;]+);(.+)$/.exec(text.trim()) ?? [];
  if (uri === undefined) return parseNodeId(text.trim());
  const uris = await session.readNamespaceArray();
  const index = uris.indexOf(uri);
  if (index < 0) {
    throw new AppError(
      'bad_node_id',
      `The server has no namespace "${uri.slice(0, 80)}".`,
      `It has ${uris.join(', ')}.`,
      400,
    );
  }
  return parseNodeId(`ns=${index};${rest}`);
}

export function parseNodeId(text: string): NodeId {
  try {
    return coerceNodeId(text);
  } catch {
    throw new AppError('bad_node_id', `"${text.slice(0, 80)}" is no node id.`, 'Write it as ns=2;s=ST03.State.', 400);
  }
}
