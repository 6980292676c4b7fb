import type { Sample } from '#simulator/cell/sample.ts';

/** The samples of one signal in a window of plant time, both ends included, oldest first. */
export type Fetch = (path: string, fromUs: number, toUs: number) => Promise<readonly Sample[]>;

/** What is still to be read of one signal. Both ends belong to it; backwards it begins at the later one. */
export interface RawRead {
  readonly path: string;
  readonly isBackward: boolean;
  readonly fromUs: number;
  readonly toUs: number;
  /** Values in one answer. */
  readonly page: number;
  /** Values still wanted in all. */
  readonly left: number;
  /** Instants whose bounding values are wanted: before the first value, after the last one. */
  readonly firstBoundUs?: number;
  readonly lastBoundUs?: number;
}

export interface RawPage {
  readonly samples: readonly (Sample | MissingBound)[];
  /** What remains, if anything does. */
  readonly rest?: RawRead;
}
/** No value lies beyond this end: OPC 10000-11 answers with BadBoundNotFound there. */
export interface MissingBound {
  readonly missingUs: number;
}

export interface RawQuestion {
  readonly path: string;
  readonly startUs?: number;
  readonly endUs?: number;
  /** 0 means all. */
  readonly values: number;
  readonly bounds: boolean;
}

export const LARGEST_PAGE = 10_000;
const SECOND = 1e6;
const FIRST_STRIDE_US = 60 * SECOND;

/**
 * Reads a question as OPC 10000-11 clause 6.5.3.2 wants it; undefined if it gives fewer than two of start, end and
 * number. The end of the interval is left out, unless it is the start as well; a start later than the end, or none,
 * reads backwards.
 */
export function planRead({ path, startUs, endUs, values, bounds }: RawQuestion, nowUs: number): RawRead | undefined {
  if ([startUs, endUs, values || undefined].filter((each) => each !== undefined).length < 2) return undefined;
  const isBackward = startUs === undefined || (endUs !== undefined && startUs > endUs);
  const isOpen = startUs === undefined || endUs === undefined;
  const [first, last] = isBackward
    ? [startUs ?? endUs ?? 0, startUs === undefined ? undefined : endUs]
    : [startUs, endUs];
  const instant = first === last ? 0 : 1;
  return {
    path,
    isBackward,
    fromUs: Math.max(0, isBackward ? (last === undefined ? 0 : last + instant) : first),
    toUs: Math.min(nowUs, isBackward ? first : last === undefined ? nowUs : last - instant),
    page: Math.min(values || LARGEST_PAGE, LARGEST_PAGE),
    left: isOpen ? values : Infinity,
    ...(bounds ? { firstBoundUs: first } : {}),
    ...(bounds && last !== undefined ? { lastBoundUs: last === first ? last + 1 : last } : {}),
  };
}

/** The next page, and where to go on. Strides grow, so that a few values cost a short replay. */
export async function readPage(read: RawRead, fetch: Fetch, nowUs: number): Promise<RawPage> {
  const { isBackward, page, left, firstBoundUs, lastBoundUs, ...rest } = read;
  const samples: (Sample | MissingBound)[] = [];
  if (firstBoundUs !== undefined) {
    const bound = await findBound(read, firstBoundUs, !isBackward, fetch, nowUs);
    if (!('tUs' in bound) || bound.tUs !== firstBoundUs || rest.fromUs > rest.toUs) samples.push(bound);
  }
  const wanted = Math.min(page, left) - samples.length;
  let { fromUs, toUs } = rest;
  let stride = Math.max(FIRST_STRIDE_US, wanted * SECOND);
  const found: Sample[] = [];
  while (fromUs <= toUs && found.length <= wanted) {
    const window = isBackward
      ? [Math.max(fromUs, toUs - stride + 1), toUs]
      : [fromUs, Math.min(toUs, fromUs + stride - 1)];
    const got = await fetch(read.path, window[0], window[1]);
    for (const sample of isBackward ? [...got].reverse() : got) found.push(sample);
    if (isBackward) toUs = window[0] - 1;
    else fromUs = window[1] + 1;
    stride *= 2;
  }
  const isComplete = found.length <= wanted;
  const given = isComplete ? found : found.slice(0, Math.max(0, wanted));
  samples.push(...given);
  const isEnough = samples.length >= left;
  if (isComplete || isEnough) {
    if (lastBoundUs !== undefined && !isEnough)
      samples.push(await findBound(read, lastBoundUs, isBackward, fetch, nowUs));
    return { samples };
  }
  const next = found[given.length].tUs;
  const remaining = isBackward ? { ...rest, toUs: next } : { ...rest, fromUs: next };
  const bound = lastBoundUs === undefined ? {} : { lastBoundUs };
  return { samples, rest: { ...remaining, isBackward, page, left: left - samples.length, ...bound } };
}

/** The value at an instant, or else the nearest one before it or after it. */
async function findBound(
  { path }: RawRead,
  atUs: number,
  isBefore: boolean,
  fetch: Fetch,
  nowUs: number,
): Promise<Sample | MissingBound> {
  let [fromUs, toUs] = isBefore
    ? [Math.min(atUs, nowUs), Math.min(atUs, nowUs)]
    : [Math.max(0, atUs), Math.max(0, atUs)];
  for (let stride = FIRST_STRIDE_US; toUs >= 0 && fromUs <= nowUs; stride *= 4) {
    if (isBefore) fromUs = Math.max(0, toUs - stride + 1);
    else toUs = Math.min(nowUs, fromUs + stride - 1);
    const got = await fetch(path, fromUs, toUs);
    const found = isBefore ? got.at(-1) : got[0];
    if (found) return found;
    if (isBefore) toUs = fromUs - 1;
    else fromUs = toUs + 1;
  }
  return { missingUs: atUs };
}
