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
