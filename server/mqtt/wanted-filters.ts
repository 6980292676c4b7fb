import type { Connection } from './connection.ts';
import type { Qos } from './interest.ts';
import type { SessionStore } from './session-store.ts';
import { hasWildcard, matches } from './topic-filter.ts';

/** Everything that is wanted, by those who are here and by the sessions of those who are not. */
export function wantedFilters(store: SessionStore, connections: Iterable<Connection>): Map<string, Qos> {
  const wanted = new Map<string, Qos>(store.awaited());
  for (const { filters } of connections) {
    for (const [filter, qos] of filters) {
      if (qos > 0 || !wanted.has(filter)) wanted.set(filter, qos > 0 ? 1 : 0);
    }
  }
  return wanted;
}

/** Whether anyone's filter that is in effect matches one of these topics. */
export function isAnyHeard(topics: readonly string[], connections: Iterable<Connection>): boolean {
  const isOne = (filter: string) =>
    hasWildcard(filter) ? topics.some((topic) => matches(filter, topic)) : topics.includes(filter);
  for (const { heard } of connections) for (const filter of heard) if (isOne(filter)) return true;
  return false;
}
