import { Refusal } from '#simulator/kernel/refusal.ts';

/*
 * Data Matrix ECC 200 (ISO/IEC 16022), square symbols of one region, ASCII encodation: enough for 60 digits.
 */

/** Modules along a side, codewords of data, codewords of error correction (ISO/IEC 16022, table 7). */
const SIZES = [
  [10, 3, 5],
  [12, 5, 7],
  [14, 8, 10],
  [16, 12, 12],
  [18, 18, 14],
  [20, 22, 18],
  [22, 30, 20],
] as const;
const PAD = 129;
const DIGIT_PAIR = 130;
/** Function 1: in the first place it says that GS1 application identifiers follow. */
const FNC1 = 232;

export interface Matrix {
  /** Modules along a side, without the quiet zone. */
  readonly size: number;
  /** `size * size` modules, row by row from the top left; 1 is dark. */
  readonly modules: Uint8Array;
}

/** The symbol of a text of ASCII characters. Throws a Refusal if it takes more than 30 codewords. */
export function dataMatrixOf(text: string, isGs1 = false): Matrix {
  const data = encoded(text, isGs1);
  const found = SIZES.find(([, capacity]) => capacity >= data.length);
  if (found === undefined) {
    throw new Refusal(`The code needs ${data.length} codewords.`, 'Shorten it to 30 codewords.', 'out_of_range');
  }
  const [size, capacity, corrections] = found;
  const all = padded(data, capacity);
  return framed(size, placed(size - 2, [...all, ...errorCorrection(all, corrections)]));
}

/** ASCII encodation: two digits in one codeword, any other character in one of its own (clause 5.2.3). */
export function encoded(text: string, isGs1 = false): number[] {
  const codewords = isGs1 ? [FNC1] : [];
  for (let k = 0; k < text.length; k++) {
    const pair = text.slice(k, k + 2);
    if (/^\d\d$/.test(pair)) {
      codewords.push(DIGIT_PAIR + Number(pair));
      k += 1;
      continue;
    }
    const code = text.charCodeAt(k);
    if (code > 127)
      throw new Refusal(`"${text[k]}" is not ASCII.`, 'Use letters, digits and signs of ASCII.', 'out_of_range');
    codewords.push(code + 1);
  }
  return codewords;
}

/** Padding codewords after the first one depend on where they stand (253-state algorithm). */
function padded(data: readonly number[], capacity: number): number[] {
  const all = [...data];
  if (all.length < capacity) all.push(PAD);
  while (all.length < capacity) {
    const pad = PAD + 1 + ((149 * (all.length + 1)) % 253);
    all.push(pad > 254 ? pad - 254 : pad);
  }
  return all;
}

/** Powers of 2 in GF(256) with the polynomial x^8 + x^5 + x^3 + x^2 + 1, and their logarithms (annex E). */
const POWERS = new Uint8Array(255);
const LOGS = new Uint8Array(256);
for (let k = 0, power = 1; k < 255; k++) {
  POWERS[k] = power;
  LOGS[power] = k;
  power = power < 128 ? power * 2 : (power * 2) ^ 0x12d;
}
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : POWERS[(LOGS[a] + LOGS[b]) % 255]);

/** Reed-Solomon: the remainder of the data polynomial by the product of (x - 2^k), k from 1 to `count` (annex E). */
export function errorCorrection(data: readonly number[], count: number): number[] {
  let generator = [1];
  for (let k = 1; k <= count; k++) {
    generator = [...generator, 0].map((each, n) => each ^ (n > 0 ? times(generator[n - 1], POWERS[k]) : 0));
  }
  const remainder = new Array<number>(count).fill(0);
  for (const codeword of data) {
    const factor = codeword ^ remainder.shift()!;
    remainder.push(0);
    for (let n = 0; n < count; n++) remainder[n] ^= times(generator[n + 1], factor);
  }
  return remainder;
}

/**
 * Corners whose shape differs: places of the eight bits of a codeword, from an end if negative (annex F, figures F.3 and
 * F.4). The two other corners of the annex come about in larger or oblong symbols only.
 */
// prettier-ignore
const CORNERS = [
  [[-1, 0], [-1, 1], [-1, 2], [0, -2], [0, -1], [1, -1], [2, -1], [3, -1]],
  [[-3, 0], [-2, 0], [-1, 0], [0, -4], [0, -3], [0, -2], [0, -1], [1, -1]],
] as const;
/** The eight bits of any other codeword, from its reference module (figure F.1). */
// prettier-ignore
const UTAH = [[-2, -2], [-2, -1], [-1, -2], [-1, -1], [-1, 0], [0, -2], [0, -1], [0, 0]] as const;

/** Places codewords in diagonal sweeps (annex F.3) into a square of n modules a side. */
export function placed(n: number, codewords: readonly number[]): Uint8Array {
  const modules = new Uint8Array(n * n);
  const isTaken = new Uint8Array(n * n);
  let next = 0;
  const put = (row: number, column: number, bit: number): void => {
    const at = row * n + column;
    isTaken[at] = 1;
    modules[at] = (codewords[next] >> (7 - bit)) & 1;
  };
  const putUtah = (row: number, column: number): void => {
    UTAH.forEach(([down, right], bit) => {
      let r = row + down;
      let c = column + right;
      if (r < 0) [r, c] = [r + n, c + 4 - ((n + 4) % 8)];
      if (c < 0) [r, c] = [r + 4 - ((n + 4) % 8), c + n];
      put(r, c, bit);
    });
    next += 1;
  };
  const putCorner = (which: number): void => {
    CORNERS[which].forEach(([r, c], bit) => put(r < 0 ? r + n : r, c < 0 ? c + n : c, bit));
    next += 1;
  };
  const isFree = (row: number, column: number): boolean =>
    row >= 0 && row < n && column >= 0 && column < n && isTaken[row * n + column] === 0;

  let row = 4;
  let column = 0;
  do {
    if (row === n && column === 0) putCorner(0);
    if (row === n - 2 && column === 0 && n % 4 !== 0) putCorner(1);
    for (; row >= 0 && column < n; row -= 2, column += 2) if (isFree(row, column)) putUtah(row, column);
    row += 1;
    column += 3;
    for (; row < n && column >= 0; row += 2, column -= 2) if (isFree(row, column)) putUtah(row, column);
    row += 3;
    column += 1;
  } while (row < n || column < n);
  if (isTaken[n * n - 1] === 0) modules[n * n - 1] = modules[n * n - n - 2] = 1;
  return modules;
}

/** Solid to the left and below, every other module dark above and to the right. */
function framed(size: number, inside: Uint8Array): Matrix {
  const modules = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const isFinder = column === 0 || row === size - 1;
      const isClock = (row === 0 && column % 2 === 0) || (column === size - 1 && row % 2 === 1);
      const isRim = row === 0 || column === size - 1;
      const dark = isFinder || isClock || (!isRim && inside[(row - 1) * (size - 2) + column - 1] === 1);
      modules[row * size + column] = dark ? 1 : 0;
    }
  }
  return { size, modules };
}
