import { useSyncExternalStore } from 'react';
import type { CellSession } from '../../live/cell-session.ts';
import { useSession } from '../../live/use-session.ts';
import { MqttDesk } from './mqtt-desk.ts';

const desks = new WeakMap<CellSession, MqttDesk>();

/** The MQTT client of this line; rendered anew with another state, filter or topic; parts that show messages watch theirs. */
export function useDesk(): MqttDesk {
  const session = useSession();
  const desk = desks.get(session) ?? new MqttDesk(session.me.id);
  if (!desks.has(session)) {
    desks.set(session, desk);
    session.onClose(() => void desk.close());
  }
  useSyncExternalStore(desk.subscribe, desk.snapshot);
  return desk;
}
