import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_CHARACTERS = 20;

/** 5 bits a character, RFC 4648 in lower case, without padding. */
function base32(bytes: Uint8Array, characters: number): string {
  let text = '';
  for (let bit = 0; text.length < characters; bit += 5) {
    const two = (bytes[bit >> 3] << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text += ALPHABET[(two >> (11 - (bit & 7))) & 31];
  }
  return text;
}

/** The key of a participant: 100 bits that follow from the server's secret, so that it can be shown again. */
export function keyOf(secret: Buffer, participant: string, version: number): string {
  return base32(createHmac('sha256', secret).update(`key ${participant} ${version}`).digest(), KEY_CHARACTERS);
}

/** Compares in a time that does not depend on where two texts differ. */
export function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(first, second);
}

/** `p-7k3f9q`, of at least four bytes of chance. Not a secret. */
export const participantIdOf = (chance: Uint8Array): string => `p-${base32(chance, 6)}`;

export const newParticipantId = (): string => participantIdOf(randomBytes(4));

export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
