import { randomBytes } from 'node:crypto';
import { coerceNodeId } from 'node-opcua';
import { type PlantEvent, words } from './plant-event.ts';

export const SERVER_NODE = coerceNodeId('ns=0;i=2253');

const MESSAGES = {
  RefreshStartEventType: words('The refresh of conditions begins', 'Uppdateringen av villkor börjar'),
  RefreshEndEventType: words('The refresh of conditions is done', 'Uppdateringen av villkor är klar'),
  RefreshRequiredEventType: words('A condition is gone: refresh', 'Ett villkor är borta: uppdatera'),
};

/** Begin and end of a refresh, and that one is needed (OPC 10000-9, 5.11.2 to 5.11.4). */
export const refreshEvent = (type: keyof typeof MESSAGES, nowMs: number): PlantEvent => ({
  type,
  eventId: randomBytes(16),
  source: SERVER_NODE,
  sourceName: 'Server',
  stations: [],
  isOfServer: true,
  isUnfiltered: true,
  timeMs: nowMs,
  receivedMs: nowMs,
  severity: 100,
  message: MESSAGES[type],
  fields: new Map(),
});
