/** The known word that was probably meant, as ` Did you mean "Press"?`, or nothing if none is close. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const most = Math.max(1, Math.floor(given.length / 3));
  let best: string | undefined;
  let fewest = most + 1;
  for (const word of known) {
    const edits = word.toLowerCase() === given.toLowerCase() ? 0 : distance(given, word);
    if (edits < fewest) [best, fewest] = [word, edits];
  }
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

/** How many letters must be put in, taken out, replaced or swapped with the next to turn one word into the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let k = 1; k <= to.length; k++) {
      const same = from[i - 1] === to[k - 1] ? 0 : 1;
      next.push(Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + same));
      const isSwapped = i > 1 && k > 1 && from[i - 1] === to[k - 2] && from[i - 2] === to[k - 1];
      if (isSwapped) next[k] = Math.min(next[k], before[k - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[to.length];
}
