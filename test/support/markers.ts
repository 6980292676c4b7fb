/** Something that nobody may come to see, in every form in which it could slip out. */
export interface Marker {
  readonly name: string;
  readonly bytes: readonly Buffer[];
}

/** Where a marker was found. */
export interface Leak {
  readonly marker: string;
  /** How it was written: `base64 > hex`, or `as it is`. */
  readonly form: string;
}

const AS_IT_IS = 'as it is';
const DEEPEST = 3;
const BASE64 = /[A-Za-z0-9+/_-]{10,}={0,2}/g;
const HEX = /(?:[0-9a-f]{2}){6,}|(?:[0-9A-F]{2}){6,}/g;

/** A text: as UTF-8 and as UTF-16, in its own case and in the other ones. */
export const textMarker = (name: string, text: string): Marker => ({
  name,
  bytes: [...new Set([text, text.toLowerCase(), text.toUpperCase()])].flatMap((each) => [
    Buffer.from(each, 'utf8'),
    Buffer.from(each, 'utf16le'),
  ]),
});

/** A number of 64 bits, such as a seed: its digits to base 16, 10 and as bytes in either order. */
export function seedMarker(name: string, hex: string): Marker {
  const number = BigInt(`0x${hex}`);
  const bytes = Buffer.from(hex.padStart(16, '0'), 'hex');
  return {
    name,
    bytes: [...textMarker(name, hex).bytes, Buffer.from(String(number)), bytes, Buffer.from(bytes).reverse()],
  };
}

/** All markers in an answer, however it is wrapped: URL, JSON and HTML escapes, hex, base64 with and without its alphabet for URLs. */
export function findLeaks(given: Buffer | string, markers: readonly Marker[]): Leak[] {
  const leaks = new Map<string, Leak>();
  const seen = new Set<string>();
  const look = (bytes: Buffer, form: readonly string[]): void => {
    const text = bytes.toString('latin1');
    if (seen.has(text)) return;
    seen.add(text);
    for (const { name, bytes: wanted } of markers) {
      if (!leaks.has(name) && wanted.some((each) => bytes.includes(each))) {
        leaks.set(name, { marker: name, form: form.join(' > ') || AS_IT_IS });
      }
    }
    if (form.length >= DEEPEST) return;
    for (const [kind, inner] of unwrapped(text)) look(inner, [...form, kind]);
  };
  look(typeof given === 'string' ? Buffer.from(given, 'utf8') : given, []);
  return [...leaks.values()];
}

function* unwrapped(text: string): Generator<[form: string, inner: Buffer]> {
  const replaced = (kind: string, pattern: RegExp, decode: (match: string) => string): [string, Buffer][] =>
    pattern.test(text) ? [[kind, Buffer.from(text.replace(pattern, decode), 'latin1')]] : [];
  yield* replaced('url', /%[0-9a-fA-F]{2}/g, (match) => String.fromCharCode(parseInt(match.slice(1), 16)));
  yield* replaced('json', /\\u00[0-9a-fA-F]{2}/g, (match) => String.fromCharCode(parseInt(match.slice(2), 16)));
  yield* replaced('html', /&#x?[0-9a-fA-F]{2,4};/g, (match) => {
    const isHex = match[2] === 'x';
    return String.fromCharCode(parseInt(match.slice(isHex ? 3 : 2, -1), isHex ? 16 : 10) & 255);
  });
  for (const [run] of text.matchAll(HEX)) yield ['hex', Buffer.from(run, 'hex')];
  for (const [run] of text.matchAll(BASE64)) {
    // It may begin anywhere within the run, so that its groups of four are shifted.
    for (const shift of [0, 1, 2, 3]) yield ['base64', Buffer.from(run.slice(shift), 'base64')];
  }
}
