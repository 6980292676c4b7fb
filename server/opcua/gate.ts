import type { EndpointDescription, StatusCode } from 'node-opcua';
import type { Principal } from '#server/cells/live-cell.ts';
import type { Entrance } from './visit.ts';

/** What a cell asks of whoever comes to its door, beside name and key. Without a gate every cell takes every way in. */
export interface Gate {
  /** Good, or why a session that came this way may not enter the cell; asked at each ActivateSession (OPC 10000-4, 5.7.3). */
  admit(principal: Principal, entrance: Entrance): StatusCode;
  /** What GetEndpoints answers under `opc.tcp://host:4840/<participant>`. Whoever asks has shown no key. */
  offer(participant: string, endpoints: readonly EndpointDescription[]): EndpointDescription[];
}

/** The participant in the path of `opc.tcp://host:4840/<participant>`. */
export function participantOf(endpointUrl: string | null | undefined): string | undefined {
  const path = /^opc\.tcp:\/\/[^/]+\/([^/?#]{1,100})\/?$/.exec(endpointUrl ?? '')?.[1];
  return path === undefined ? undefined : decoded(path);
}

/** The address of the server itself. */
export const withoutPath = (endpointUrl: string): string =>
  participantOf(endpointUrl) === undefined ? endpointUrl : endpointUrl.replace(/^(opc\.tcp:\/\/[^/]+)\/.*$/, '$1');

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
