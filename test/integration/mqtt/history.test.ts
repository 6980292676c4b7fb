import { expect, test } from 'vitest';
import type { Sample } from '#simulator/cell/sample.ts';
import { walk } from '#simulator/cell/history.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { MINUTE } from '#simulator/kernel/time.ts';
import { mqttLine, pass, seenAll, settle } from '#test/support/mqtt-line.ts';
import { pumpLine } from '#test/support/live-cell-for-test.ts';

const SLICE_US = 100_000;

/** Microseconds since 1970 of an instant with up to six decimals. */
const microseconds = (iso: string) =>
  Date.parse(`${iso.slice(0, 19)}Z`) * 1000 + Number(iso.slice(20, -1).padEnd(6, '0'));

test('what was published is what history recomputes: every value, at every instant, of all signals', async () => {
  const line = await mqttLine(['p-ann'], { limits: { signalsPerSecond: 1e6 } });
  const cell = line.cells['p-ann'];
  const { model } = cell;
  const ann = await line.connect('p-ann');
  await ann.client.subscribeAsync('#', { qos: 1 });
  await seenAll(ann);
  const fromUs = cell.clock.simUs;
  await pass(line, 60_000, 100);
  await settle(ann);

  const published = new Map<string, Sample[]>();
  const anchorUs = cell.clock.anchorMs * 1000;
  const bySignal = new Map(model.signals.map((one) => [`${line.prefix}/${one.path.replaceAll('.', '/')}`, one]));
  for (const { topic, text } of ann.got) {
    const signal = bySignal.get(topic);
    if (!signal) continue;
    const { v, t } = JSON.parse(text) as { v: number | boolean; t: string };
    const samples = published.get(signal.path) ?? [];
    published.set(signal.path, samples);
    samples.push({ tUs: microseconds(t) - anchorUs, value: Number(v) });
  }

  const replay = createCell(pumpLine(), { seed: 7 });
  replay.runUntil(cell.clock.simUs);
  const expected = new Map<string, Sample[]>();
  const newest = model.signals.map((_, k) => replay.past(fromUs).sample(k, fromUs));
  model.signals.forEach(({ path }, k) => expected.set(path, [newest[k]]));
  // The newest sample of each 100 ms is published, if its value is another one.
  let sliceEndUs = fromUs + SLICE_US;
  const publish = () => {
    model.signals.forEach(({ path }, k) => {
      const samples = expected.get(path)!;
      if (samples.at(-1)!.value !== newest[k].value) samples.push(newest[k]);
    });
  };
  walk(
    replay,
    model.signals.map((_, k) => k),
    fromUs + 1,
    cell.clock.simUs,
    (k, sample) => {
      for (; sample.tUs > sliceEndUs; sliceEndUs += SLICE_US) publish();
      newest[k] = sample;
    },
  );
  publish();

  expect(cell.clock.simUs - fromUs).toBe(MINUTE);
  expect([...published.values()].flat().length).toBeGreaterThan(3000);
  for (const { path } of model.signals) expect([path, published.get(path)]).toEqual([path, expected.get(path)]);
});
