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

export const levelsOf = (topic: string): number => topic.split('/').length;

export const hasWildcard = (filter: string): boolean => filter.includes('#') || filter.includes('+');

/**
 * Bytes that are no UTF-8, or hold a null character: whoever sends them is hung up on [MQTT-1.5.3-1] [MQTT-1.5.3-2]. A
 * decoder leaves U+FFFD in the place of the former, and nobody means that character itself.
 */
export const isNoText = (text: string): boolean => text.includes('\0') || text.includes('\ufffd');
export const NO_TEXT = 'It is no text in UTF-8, or has a null character in it [MQTT-1.5.3-1] [MQTT-1.5.3-2].';

/** What MQTT 3.1.1 advises against in any text (clause 1.5.3): control characters, and what Unicode calls no character. */
export function problemOfText(text: string): string | undefined {
  const isOdd = /[\u0001-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}/u.test(text);
  return isOdd
    ? 'Topics have no control characters, and none that Unicode leaves free (MQTT 3.1.1, 1.5.3).'
    : undefined;
}

/** What is wrong with a filter, MQTT 3.1.1 clause 4.7, if anything is: aedes 1.2 lets these through. */
export function problemOfFilter(filter: string): string | undefined {
  const problem = problemOfText(filter);
  if (problem !== undefined) return problem;
  const levels = filter.split('/');
  if (levels.some((level) => level.length > 1 && hasWildcard(level))) {
    return 'A wildcard stands for a whole level: "a/+/b", "a/#" [MQTT-4.7.1-2] [MQTT-4.7.1-3].';
  }
  return levels.slice(0, -1).includes('#') ? '"#" is the last level of a topic filter [MQTT-4.7.1-2].' : undefined;
}
