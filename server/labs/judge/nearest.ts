/** The known name that is most like a mistyped one, if one is like it. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const other of known) {
    if (Math.abs(other.length - name.length) >= fewest || name.length > 100) continue;
    const edits = distance(name.toLowerCase(), other.toLowerCase());
    if (edits < fewest) [best, fewest] = [other, edits];
  }
  return best;
}

/** Levenshtein 1966. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length];
}
