import type { SignalView } from '#contract/cell-view.ts';
import { call } from '../../live/api.ts';
import type { CellSession } from '../../live/cell-session.ts';

const NODE_ID = /^(?:(?:ns=\d+|nsu=[^;]+);)?[isgb]=.+$/;
/** Server_NamespaceArray (OPC 10000-5, 6.3.1): the position of a URI in it is its index in this session. */
const NAMESPACE_ARRAY = 'i=2255';

/** Whether a text has the form of a NodeId (OPC 10000-6, 5.3.1.10). */
export const isNodeId = (text: string): boolean => NODE_ID.test(text);

/** The signal of the line that a node is, if it is one. */
export const signalOfNode = (session: CellSession, nodeId: string): SignalView | undefined =>
  session.findSignal(nodeId.replace(/^ns=\d+;s=/, ''));

/** A NodeId as the session writes it: a namespace URI becomes its index. Throws RequestProblem if it cannot be read. */
export async function inSession(cell: string, nodeId: string): Promise<string> {
  const [, uri, rest] = /^nsu=([^;]+);(.+)$/.exec(nodeId) ?? [];
  if (uri === undefined) return nodeId;
  const attributes = await call('paneRead', { params: { cell }, query: { nodeId: NAMESPACE_ARRAY } });
  const uris = (attributes.find(({ name }) => name === 'Value')?.value ?? '').split(', ');
  const index = uris.indexOf(uri);
  return index < 0 ? nodeId : `ns=${index};${rest}`;
}
