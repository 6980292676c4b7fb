import { SECOND } from '#simulator/kernel/time.ts';
import { findPartSpan, findSpanUs, PART_HINT, SPAN_HINT } from './span.ts';
import type { WindowFunction } from './window-functions.ts';

/** Stations that finish parts, and how many each has finished in the cell whose slab is open. */
export type PartCounts = ReadonlyMap<string, () => number>;

/** How long a window is: in samples between its first and its last, and for parts, whose. */
export interface WindowLength {
  readonly periods: number;
  readonly made?: () => number;
}
/** What is wrong, and what would be right. */
type Wrong = readonly [message: string, hint: string];

interface WindowAsked {
  /** What stands in its place in the expression. */
  readonly text: unknown;
  readonly name: string;
  readonly does: WindowFunction;
  /** An example of how the function is written. */
  readonly usage: string;
  /** Stations of the signals that go into the window. */
  readonly stations: readonly string[];
  readonly everyUs: number;
}

const LONGEST = 1e6;
const MOST_PARTS = 1000;

export const isWrong = (read: WindowLength | Wrong): read is Wrong => Array.isArray(read);

/** `10 min` of plant time, `5 parts` of the station of its signals, or `5 parts at ST03`. */
export function readLength(asked: WindowAsked, counts: PartCounts): WindowLength | Wrong {
  const { text, name, does, usage } = asked;
  const ofParts = findPartSpan(text);
  const spanUs = findSpanUs(text);
  if (ofParts === undefined && spanUs === undefined) {
    const hint = typeof text === 'string' && text.includes('part') ? PART_HINT : `${SPAN_HINT} For example ${usage}.`;
    return ['This is no window.', hint];
  }
  if (does.only === 'parts' && spanUs !== undefined) return [`${name} looks at parts.`, PART_HINT];
  if (does.only === 'time' && ofParts !== undefined) return [`${name} looks at a length of time.`, SPAN_HINT];
  return ofParts === undefined ? lengthOfTime(spanUs!, asked) : lengthOfParts(ofParts, asked, counts);
}

function lengthOfTime(spanUs: number, { does, everyUs }: WindowAsked): WindowLength | Wrong {
  const periods = spanUs / everyUs;
  if (periods > LONGEST) return ['The window is too long.', 'Give at most a million periods of the rule.'];
  if (Number.isInteger(periods) && periods >= does.fewest) return { periods };
  const everyS = everyUs / SECOND;
  const hint = `The rule is evaluated every ${everyS} s: give a whole multiple, at least ${does.fewest * everyS} s.`;
  return ['The window does not fit the rule.', hint];
}

function lengthOfParts(
  { parts, station }: { readonly parts: number; readonly station: string | undefined },
  { name, does, stations, everyUs }: WindowAsked,
  counts: PartCounts,
): WindowLength | Wrong {
  const known = `Those that do are ${[...counts.keys()].join(', ')}: write for example "${parts} parts at ${[...counts.keys()][0] ?? 'ST03'}".`;
  const most = does.most ?? MOST_PARTS;
  if (parts < does.fewest || parts > most) {
    return [`${name} cannot look at ${parts} parts.`, `Give ${does.fewest} to ${most} parts.`];
  }
  if (station === undefined && stations.length !== 1) {
    const whose = stations.length === 0 ? 'no station' : `several stations (${stations.join(', ')})`;
    return [`These are parts of ${whose}.`, `Say whose parts, as in "${parts} parts at ${stations[0] ?? 'ST03'}".`];
  }
  const made = counts.get(station ?? stations[0]);
  if (made === undefined) return [`${station ?? stations[0]} finishes no parts.`, known];
  if (everyUs === SECOND) return { periods: parts, made };
  return ['A rule with a window of parts looks every second.', 'Leave "every" out of the rule.'];
}
