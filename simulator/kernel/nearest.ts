/** Longer words than this are no slips of the pen, and comparing them would take long. */
const LONGEST = 100;

/** The known word that was probably meant, if one is close. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  if (given.length > LONGEST) return best;
  let fewest = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const word of known) {
    if (Math.abs(word.length - given.length) >= fewest) continue;
    const edits = distance(given.toLowerCase(), word.toLowerCase());
    if (edits < fewest) [best, fewest] = [word, edits];
  }
  return best;
}

/** The same as a sentence that follows an error, ` Did you mean "Press"?`, or nothing. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const best = nearest(given, known);
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
