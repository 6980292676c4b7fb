import type { LiveCell } from '#server/cells/live-cell.ts';
import { findAccess, findPosture, postureEvent, reasonOf } from '#server/cells/posture.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { refuseConnection } from '#simulator/plant/security/access.ts';
import { messagesOf } from './cell-accounts.ts';
import { type ConnectRefusal, returnCodes } from './connect-rules.ts';
import type { Connection } from './connection.ts';

/** Why the security posture of the cell does not let a connection in, if it does not. */
export function denialOf(cell: LiveCell, { isProtected }: Connection): ConnectRefusal | undefined {
  const posture = findPosture(cell);
  const denial = posture && refuseConnection(posture, isProtected);
  return denial && { returnCode: returnCodes.notAuthorized, reason: reasonOf(denial) };
}

/** Those that a posture no longer lets in, if this is what happened. */
export function* expelledBy(
  cell: LiveCell,
  { event }: Happening,
  connections: Iterable<Connection>,
): Iterable<readonly [connection: Connection, reason: string]> {
  if (event !== postureEvent(cell)) return;
  for (const connection of connections) {
    const denial = denialOf(cell, connection);
    if (denial) yield [connection, denial.reason];
  }
}

/** What an account of the cell published, if this is what happened. */
export function accountMessages(cell: LiveCell, { event, value }: Happening, prefix: string) {
  const access = findAccess(cell, event, value);
  if (!access) return [];
  return messagesOf(access, prefix, (tUs) => new Date(cell.epochMs(tUs)).toISOString());
}
