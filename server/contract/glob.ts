/** Whether a name fits a pattern in which `*` stands for any number of characters: `ST*.StateChanged`. */
export function fitsGlob(name: string, glob: string): boolean {
  if (!glob.includes('*')) return name === glob;
  const parts = glob.split('*');
  const [first, ...rest] = parts;
  const last = rest.pop()!;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - at >= last.length && name.endsWith(last);
}
