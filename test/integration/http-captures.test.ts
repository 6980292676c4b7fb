import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaptureResult, type CaptureView } from '#contract/capture.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import { type ApiClient, basic, type ServerForTest, startServer } from '#test/support/start-server.ts';

let server: ServerForTest;
let me: ApiClient;
let path: string;

beforeAll(async () => {
  server = await startServer();
  me = await server.tryIt();
  path = `/cells/${me.me.cell}/captures`;
  await me.send('POST', `/cells/${me.me.cell}/speed`, { paused: true });
  await me.send('POST', `/cells/${me.me.cell}/run-until`, { simUs: hours(3) });
});
afterAll(() => server.close());

async function take(name: string, query = ''): Promise<CaptureResult> {
  const answer = await me.send('GET', `${path}/${name}${query}`);
  expect(answer).toMatchObject({ status: 200 });
  return CaptureResult.parse(answer.body);
}

/** As bytes, with what a tool sends. */
async function fetchAs(name: string, headers: Record<string, string>, query = ''): Promise<Response> {
  return fetch(`${server.pageUrl}/api${path}/${name}${query}`, { headers: { ...basic(me.me), ...headers } });
}

test('what can be taken is listed, and each of it can be taken, without a word of what is hidden', async () => {
  const { status, body } = await me.send('GET', path);
  const list = body as unknown as CaptureView[];
  expect(status).toBe(200);
  expect(list.map((one) => one.path)).toEqual(
    expect.arrayContaining(['ST03.Spindle.VibrationWaveform', 'ST08.Camera.Picture', 'ST09.Passport.Last']),
  );
  const kinds = new Set<string>();
  for (const one of list) {
    const taken = await take(one.path);
    expect(taken).toMatchObject({ ...one, tUs: hours(3) });
    expect(JSON.stringify(taken)).not.toMatch(/seed|scenario|hidden|hardness|truth/i);
    kinds.add(taken.capture.kind);
  }
  expect([...kinds].sort()).toEqual(['curve', 'document', 'picture', 'waveform']);
});

test('an instant that has been is taken as it was then, to the last bit', async () => {
  const then = minutes(95);
  const query = `?atUs=${then}`;
  const first = await take('ST07.Ram.ForceCurve', query);
  expect(first.tUs).toBe(then);
  expect(await take('ST07.Ram.ForceCurve', query)).toEqual(first);
  expect((await take('ST07.Ram.ForceCurve')).capture).not.toEqual(first.capture);
  const passport = await take('ST09.Passport.Last', query);
  const later = await take('ST09.Passport.Last');
  const serial = ({ capture }: CaptureResult) => /"serialNumber":"(\d+)"/.exec(JSON.stringify(capture))?.[1] ?? '';
  expect(Number(serial(passport))).toBeLessThan(Number(serial(later)));
});

test('what cannot be taken is refused, with what would be right', async () => {
  const unknown = await me.send('GET', `${path}/ST03.Spindle.VibrationWavefrom`);
  expect(unknown).toMatchObject({ status: 400, body: { code: 'unknown_target' } });
  expect(unknown.body.detail).toContain('Did you mean "ST03.Spindle.VibrationWaveform"?');
  const future = await me.send('GET', `${path}/ST08.Camera.Picture?atUs=${hours(4)}`);
  expect(future).toMatchObject({ status: 400, body: { code: 'out_of_range' } });
  expect(future.body.hint).toContain('It is 03:00:00.000.');
  const early = await me.send('GET', `${path}/ST08.Camera.Picture?atUs=1`);
  expect(early).toMatchObject({ status: 400, body: { code: 'wrong_state' } });
  expect(early.body.detail).toContain('has not looked at any part yet');
  for (const query of ['?atUs=-1', '?atUs=1.5', '?atUs=x', '?format=pdf']) {
    const bad = await me.send('GET', `${path}/ST08.Camera.Picture${query}`);
    expect(bad, query).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  }
});

test('tools get CSV and PNG, by Accept or by name', async () => {
  const waveform = await take('ST03.Spindle.VibrationWaveform');
  const csv = await fetchAs('ST03.Spindle.VibrationWaveform', { accept: 'text/csv' });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = (await csv.text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(8193);
  expect(lines[0]).toBe('time [s],ST03.Spindle.VibrationWaveform [m/s2]');
  const samples = waveform.capture.kind === 'waveform' ? waveform.capture.samples : [];
  expect(lines.slice(1).map((line) => Number(line.split(',')[1]))).toEqual(samples);

  const { capture } = await take('ST08.Camera.Picture');
  const png = await fetchAs('ST08.Camera.Picture', {}, '?format=png');
  expect(png.headers.get('content-type')).toBe('image/png');
  const bytes = Buffer.from(await png.arrayBuffer());
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const lines8 = inflateSync(bytes.subarray(41, 41 + bytes.readUInt32BE(33)));
  const pixels = Buffer.concat(
    Array.from({ length: height }, (_, y) => lines8.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))),
  );
  expect(capture).toEqual({ kind: 'picture', width, height, pixels: pixels.toString('base64') });
});

test('a form that a capture does not have is refused', async () => {
  for (const [name, format] of [
    ['ST08.Camera.Picture', 'csv'],
    ['ST03.Spindle.VibrationWaveform', 'png'],
    ['ST09.Passport.Last', 'csv'],
  ]) {
    const answer = await me.send('GET', `${path}/${name}?format=${format}`);
    expect(answer, name).toMatchObject({ status: 406, body: { code: 'wrong_format' } });
  }
});

test('the document of the interface names all forms', async () => {
  const { body } = await me.send('GET', '/openapi.json');
  const { content } = body.paths['/api/cells/{cell}/captures/{capture}'].get.responses[200];
  expect(Object.keys(content)).toEqual(['application/json', 'text/csv', 'image/png']);
});
