/**
 * Whether a topic filter matches a topic, MQTT 3.1.1 clause 4.7. `#` matches the parent level too [4.7.1.2]; a wildcard at
 * the front matches no topic that begins with `$` [MQTT-4.7.2-1].
 */
export function matches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  if (!hasWildcard(filter)) return false;
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (let k = 0; k < wanted.length; k++) {
    if (wanted[k] === '#') return true;
    if (k >= levels.length) return false;
    if (wanted[k] !== '+' && wanted[k] !== levels[k]) return false;
  }
  return wanted.length === levels.length;
}

export const hasWildcard = (filter: string): boolean => filter.includes('#') || filter.includes('+');

/** What is wrong with a filter, MQTT 3.1.1 clause 4.7, if anything is: aedes 1.2 lets these through. */
export function problemOfFilter(filter: string): string | undefined {
  if (filter.includes('\0')) return 'A topic filter has no null character [MQTT-4.7.3-2].';
  const levels = filter.split('/');
  if (levels.some((level) => level.length > 1 && hasWildcard(level))) {
    return 'A wildcard stands for a whole level: "a/+/b", "a/#" [MQTT-4.7.1-2] [MQTT-4.7.1-3].';
  }
  return levels.slice(0, -1).includes('#') ? '"#" is the last level of a topic filter [MQTT-4.7.1-2].' : undefined;
}
