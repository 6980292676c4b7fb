import { expect, test } from 'vitest';
import { findLeaks, seedMarker, textMarker } from '#test/support/markers.ts';

const marker = textMarker('planted', 'Planted-Solution-7f3a9');
const seed = seedMarker('seed', '5ec2e7a19b04d3f8');
const forms = (text: string | Buffer) =>
  findLeaks(text, [marker, seed]).map(({ marker: name, form }) => `${name}: ${form}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const everyByte = (text: string, write: (byte: string) => string) =>
  [...Buffer.from(text)].map((b) => write(b.toString(16).padStart(2, '0'))).join('');
const secret = 'Planted-Solution-7f3a9';

test.each([
  ['as it is', `{"a":"x ${secret} y"}`, 'planted: as it is'],
  ['in another case', secret.toUpperCase(), 'planted: as it is'],
  ['in UTF-16', Buffer.from(secret, 'utf16le'), 'planted: as it is'],
  ['in base64', `{"blob":"${base64(`some text ${secret}`)}"}`, 'planted: base64'],
  ['in base64 for URLs', base64(`??>>${secret}~~~`).replaceAll('+', '-').replaceAll('/', '_'), 'planted: base64'],
  ['in base64 that begins within a run', `abcde${base64(secret)}`, 'planted: base64'],
  ['in hex', `0x${hex(secret)}`, 'planted: hex'],
  ['in URL encoding', everyByte(secret, (b) => `%${b}`), 'planted: url'],
  ['in JSON escapes', everyByte(secret, (b) => `\\u00${b}`), 'planted: json'],
  ['in HTML entities', everyByte(secret, (b) => `&#x${b};`), 'planted: html'],
  ['in base64 of hex', base64(hex(secret)), 'planted: base64 > hex'],
  ['in URL encoding of base64', everyByte(base64(secret), (b) => `%${b}`), 'planted: url > base64'],
  ['of a seed, in hex', 'run 5EC2E7A19B04D3F8', 'seed: as it is'],
  ['of a seed, in decimal', `{"seed":${BigInt('0x5ec2e7a19b04d3f8')}}`, 'seed: as it is'],
  ['of a seed, as bytes in base64', Buffer.from('00005ec2e7a19b04d3f8', 'hex').toString('base64'), 'seed: base64'],
  ['of a seed, as bytes of a slab', Buffer.from('f8d3049ba1e7c25e', 'hex'), 'seed: as it is'],
])('a leak %s is found', (_, text, found) => {
  expect(forms(text)).toEqual([found]);
});

test('what holds no marker is clean', () => {
  expect(forms(JSON.stringify({ v: 38.6, blob: base64('nothing of that kind'.repeat(200)) }))).toEqual([]);
});
