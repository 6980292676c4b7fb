import type { IConnectPacket } from 'mqtt-packet';
import type { Doorkeeper, Principal } from '#server/cells/live-cell.ts';
import { type ConnectRefusal, returnCodes } from './connect-rules.ts';

export interface Admitted {
  readonly principal: Principal;
  readonly client: 'own' | 'pane';
}

/**
 * Who a CONNECT comes from. `cookie` is whom the browser's cookie stands for, where it came over a WebSocket of our own
 * page: then no password is needed.
 */
export async function admit(
  { username, password, protocolVersion }: IConnectPacket,
  doorkeeper: Doorkeeper,
  cookie?: Principal,
): Promise<Admitted | ConnectRefusal> {
  const { unacceptableProtocol, badUserNameOrPassword, notAuthorized } = returnCodes;
  if (protocolVersion === 5) {
    return { returnCode: unacceptableProtocol, reason: 'MQTT 5 is not spoken here. Set the client to MQTT 3.1.1.' };
  }
  if (password === undefined && cookie && isName(username, cookie)) return { principal: cookie, client: 'pane' };
  if (username === undefined || password === undefined) {
    return { returnCode: notAuthorized, reason: 'User name (participant id) and password (key) are needed.' };
  }
  const principal = await doorkeeper.admit(username, password.toString());
  if (principal) return { principal, client: 'own' };
  return { returnCode: badUserNameOrPassword, reason: 'The user name or the key is wrong, or the key was revoked.' };
}

function isName(username: string | undefined, { participant, cell }: Principal): boolean {
  return !username || username === participant || username === `${participant}.${cell.id}`;
}
