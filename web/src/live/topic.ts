/** Whether an MQTT filter matches a topic: `+` is one level, `#` the rest ([MQTT-4.7.1]). */
export function matches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [k, want] of wanted.entries()) {
    if (want === '#') return true;
    if (k >= levels.length || (want !== '+' && want !== levels[k])) return false;
  }
  return wanted.length === levels.length;
}

/** Whether a filter may be sent: not empty, `+` and `#` only as whole levels, `#` only at the end. */
export function isFilter(text: string): boolean {
  const levels = text.split('/');
  return (
    text.length > 0 &&
    levels.every((level, k) => (level === '#' ? k === levels.length - 1 : level === '+' || !/[+#\0]/.test(level)))
  );
}
