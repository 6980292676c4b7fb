import type { IConnectPacket } from 'mqtt-packet';
import { idsOf } from './connection.ts';
import type { MqttLimits } from './limits.ts';
import { type PublishRules, refusePublication } from './publish-rules.ts';
import type { SessionStore } from './session-store.ts';
import { isNoText, NO_TEXT } from './topic-filter.ts';

/** Return codes of CONNACK, MQTT 3.1.1 clause 3.2.2.3. */
export const returnCodes = {
  unacceptableProtocol: 1,
  identifierRejected: 2,
  unavailable: 3,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
} as const;

export interface ConnectRefusal {
  readonly returnCode: number;
  readonly reason: string;
}

export interface Household {
  readonly limits: MqttLimits;
  readonly rules: PublishRules;
  readonly store: SessionStore;
  /** Client ids inside the broker of everyone connected. */
  readonly ids: Iterable<string>;
}

/** Why a participant whose key is right may not come in with this CONNECT, if they may not. */
export function refuseConnect(
  connect: IConnectPacket,
  participant: string,
  { limits, rules, store, ids }: Household,
): ConnectRefusal | undefined {
  const { clientId, clean = true, will } = connect;
  const { identifierRejected, unavailable, notAuthorized } = returnCodes;
  if (clientId.length > limits.clientIdLength) {
    return { returnCode: identifierRejected, reason: `A client id may have ${limits.clientIdLength} characters.` };
  }
  if (isNoText(clientId)) return { returnCode: identifierRejected, reason: `The client id: ${NO_TEXT}` };
  if (clientId === '' && !clean) {
    // [MQTT-3.1.3-8]
    return { returnCode: identifierRejected, reason: 'A session that is to be kept needs a client id.' };
  }
  const id = idsOf(participant) + clientId;
  const others = [...ids].filter((one) => one.startsWith(idsOf(participant)) && one !== id);
  if (others.length >= limits.connectionsPerUser) {
    return { returnCode: unavailable, reason: `At most ${limits.connectionsPerUser} connections at one time.` };
  }
  if (will) {
    const { topic, retain = false, qos = 0 } = will;
    const reason = refusePublication({ topic, payload: Buffer.from(will.payload), retain, qos }, rules);
    if (reason !== undefined) return { returnCode: notAuthorized, reason: `The will to ${will.topic}: ${reason}` };
  }
  return clean ? undefined : makeRoomForSession(id, participant, limits, store);
}

/** A third kept session takes the place of the oldest that has no connection. */
function makeRoomForSession(id: string, participant: string, limits: MqttLimits, store: SessionStore) {
  const others = store.sessionsOf(idsOf(participant)).filter((one) => one.id !== id);
  if (others.length < limits.sessionsPerUser) return undefined;
  const [oldest] = others;
  if (oldest.leftMs === undefined) {
    const reason = `At most ${limits.sessionsPerUser} kept sessions. Connect with a clean session.`;
    return { returnCode: returnCodes.unavailable, reason };
  }
  store.forget(oldest.id);
  return undefined;
}
