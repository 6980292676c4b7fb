import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Where the pictures of a lab lie, below its folder. */
export const ASSETS = 'assets/';
/** In bytes: what a phone loads in a second or two. */
export const LARGEST_PICTURE = 300_000;

export type PictureType = 'image/svg+xml' | 'image/png' | 'image/jpeg';

/** A picture of a guide. Width and height are in CSS pixels, for the room that it takes before it is there. */
export interface Picture {
  /** `assets/two-nights.en.svg` */
  readonly name: string;
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  /** 32 hexadecimal digits of its SHA-256, by which browsers keep it. */
  readonly hash: string;
  readonly bytes: Buffer;
}

/** Why a file cannot be a picture of a guide. */
export interface PictureFault {
  readonly rule: 'picture-too-large' | 'wrong-kind' | 'unsafe-picture';
  readonly message: string;
}

const KINDS: Readonly<Record<string, PictureType>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** The pictures of a lab's folder in base64, by name. Of one that is too large just enough is read to see that. */
export function readAssets(folder: string): Record<string, string> {
  const place = join(folder, ASSETS);
  if (!existsSync(place)) return {};
  const entries = readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ name }) => [`${ASSETS}${name}`, beginningOf(join(place, name)).toString('base64')]),
  );
}

function beginningOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(LARGEST_PICTURE + 1);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/** A file of assets/ as a picture, or why it is none. */
export function readPicture(name: string, base64: string): Picture | PictureFault {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LARGEST_PICTURE) {
    const message = `it is larger than ${LARGEST_PICTURE / 1000} kB: draw it as SVG, or make it smaller`;
    return { rule: 'picture-too-large', message };
  }
  const type = KINDS[name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (type === undefined) return { rule: 'wrong-kind', message: 'a picture of a guide is SVG, PNG or JPEG' };
  const size = sizeOf(type, bytes);
  if (size === undefined) {
    const message = type === 'image/svg+xml' ? 'no SVG with a viewBox, or with width and height' : `no ${type}`;
    return { rule: 'wrong-kind', message: `what is in it is ${message}` };
  }
  const active =
    type === 'image/svg+xml' ? ACTIVE.find(([, pattern]) => pattern.test(bytes.toString('utf8'))) : undefined;
  if (active)
    return { rule: 'unsafe-picture', message: `it holds ${active[0]}: take it out, a picture is only looked at` };
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { name, type, ...size, hash, bytes };
}

/** What has no place in a drawing that strangers open. */
const ACTIVE: readonly (readonly [string, RegExp])[] = [
  ['a script', /<\s*script/i],
  ['foreign content', /<\s*foreignObject/i],
  ['an event handler', /\son[a-z]+\s*=/i],
  ['entities', /<!(?:ENTITY|DOCTYPE)/i],
  ['something from elsewhere', /(?:href|src)\s*=\s*["'](?!#|data:image\/(?:png|jpeg))|url\(\s*["']?(?!#)|@import/i],
];

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(type: PictureType, bytes: Buffer): Size | undefined {
  if (type === 'image/png') return sizeOfPng(bytes);
  return type === 'image/jpeg' ? sizeOfJpeg(bytes) : sizeOfSvg(bytes.toString('utf8'));
}

/** PNG 1.2, 11.2.2: the header chunk comes first and begins with width and height. */
function sizeOfPng(bytes: Buffer): Size | undefined {
  const isPng = bytes.length > 24 && bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
}

/** ITU-T T.81, B.2.2: height and width stand in the frame header, whichever of its kinds. */
function sizeOfJpeg(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    if (marker < 0xff00) return undefined;
  }
  return undefined;
}

function sizeOfSvg(text: string): Size | undefined {
  const root = /<svg\b[^>]*>/.exec(text)?.[0];
  if (root === undefined || !text.trimEnd().endsWith('</svg>')) return undefined;
  const length = (name: string) =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`).exec(root)?.[1] ?? NaN);
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(root);
  const [width, height] = [length('width') || Number(box?.[1]), length('height') || Number(box?.[2])];
  return width > 0 && height > 0 ? { width, height } : undefined;
}
