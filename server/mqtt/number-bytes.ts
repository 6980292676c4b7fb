const [MINUS, POINT, ZERO] = Buffer.from('-.0');
const MOST = 2 ** 31 - 1;
/** Of any number in decimal: `-1.2345678901234567e-300`. */
export const NUMBER_BYTES = 25;

/**
 * Writes a number as JSON has it, exactly as `String` does, and null for what is none; returns where it ends. It is quick
 * for whole multiples of 1 / `scale`, a power of ten: there no shortest decimal has to be sought, and no text is made.
 */
export function writeNumber(bytes: Buffer, start: number, value: number, scale: number): number {
  let at = start;
  const size = Math.abs(value);
  const steps = Math.round(size * scale);
  if (!(steps <= MOST) || steps / scale !== size) {
    return at + bytes.write(Number.isFinite(value) ? String(value) : 'null', at, 'latin1');
  }
  if (value < 0) bytes[at++] = MINUS;
  let left = steps;
  let unit = scale;
  while (unit * 10 <= left) unit *= 10;
  for (; left > 0 || unit >= scale; unit /= 10) {
    if (unit * 10 === scale) bytes[at++] = POINT;
    const digit = Math.floor(left / unit);
    bytes[at++] = ZERO + digit;
    left -= digit * unit;
  }
  return at;
}

/** The least power of ten of which a resolution is a whole part: 10 for 0.1, 100 for 0.05, 1 for whole numbers. */
export function scaleOf(resolution: number): number {
  let scale = 1;
  while (scale < 1e6 && Math.abs(resolution * scale - Math.round(resolution * scale)) > 1e-9) scale *= 10;
  return scale;
}
