import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings, history, walk } from '#simulator/cell/history.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { Happening } from '#simulator/kernel/journal.ts';
import { hours, minutes, seconds } from '#simulator/kernel/time.ts';
import { lottery, modelOf, pumpLine } from './support.ts';

const everything = modelOf('pump-line').signals.map(({ index }) => index);

test('recomputed history is what was live, sample by sample, for all signals over a random hour', () => {
  const random = lottery(Date.now() % 1_000_000 || 1);
  const start = Math.floor(random() * hours(9)) + minutes(5);
  const scenario = [
    { at: start + minutes(20), target: 'ST09.Hold' },
    { at: start + minutes(21), target: 'ST09.Unhold' },
  ];
  const cell = createCell(modelOf('pump-line'), { seed: BigInt(start), scenario });
  cell.runUntil(start);
  const live: Seen[][] = everything.map(() => []);
  const versions = everything.map((k) => cell.version(k));
  const publish = () => {
    for (const k of everything) {
      const version = cell.version(k);
      if (version === versions[k]) continue;
      versions[k] = version;
      live[k].push({ ...cell.sample(k), seenUs: cell.now });
    }
  };
  const end = start + hours(1);
  for (let t = start + seconds(0.1), n = 0; t <= end; t += seconds(0.1), n++) {
    cell.runUntil(t);
    if (n % 5000 === 17) cell.command({ target: 'ST03.time', value: 30 + n / 1000 });
    publish();
  }
  cell.runUntil(end + hours(1));
  const recomputed: Sample[][] = everything.map(() => []);
  walk(cell, everything, start + 1, end, (k, sample) => void recomputed[k].push(sample));
  const wrong = everything.flatMap((k) => firstDifference(live[k], recomputed[k], cell.model.signals[k].path) ?? []);
  expect(wrong).toEqual([]);
  expect(live.flat().length).toBeGreaterThan(100_000);
});

interface Seen extends Sample {
  /** When it was the newest one. */
  readonly seenUs: number;
}

/** A slice may hold several events: then live shows the last of them, and history all. */
function firstDifference(live: readonly Seen[], recomputed: readonly Sample[], path: string): string | undefined {
  let k = 0;
  for (let n = 1; n < recomputed.length; n++) {
    if (recomputed[n].tUs <= recomputed[n - 1].tUs) return `${path}: two samples at ${recomputed[n].tUs}`;
  }
  for (const { tUs, value, seenUs } of live) {
    while (k < recomputed.length && recomputed[k].tUs < tUs) k += 1;
    const found = recomputed.at(k);
    if (found?.tUs !== tUs || found.value !== value) return `${path}: live ${value} at ${tUs}, not ${found?.value}`;
    const next = recomputed.at(k + 1);
    if (next !== undefined && next.tUs <= seenUs) return `${path}: at ${seenUs} live showed ${tUs}, not ${next.tUs}`;
  }
  return undefined;
}

test('a walk does not depend on where it begins nor on which signals it reads', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(10));
  const of = (indices: readonly number[], fromUs: number, toUs: number) => {
    const found: [number, Sample][] = [];
    walk(cell, indices, fromUs, toUs, (k, sample) => void found.push([k, sample]));
    return found;
  };
  const [from, to] = [hours(8) - seconds(30), hours(8) + seconds(30)];
  const all = of(everything, from, to);
  for (const k of [3, 40, everything.length - 3]) {
    expect(of([k], from, to)).toEqual(all.filter(([index]) => index === k));
    expect(of([k], from + seconds(17), to)).toEqual(
      all.filter(([index, { tUs }]) => index === k && tUs >= from + seconds(17)),
    );
  }
});

test('history at multiples gives the value that held then', () => {
  const cell = pumpLine(4n);
  cell.runUntil(hours(2));
  const window = { fromUs: minutes(30), toUs: minutes(40), everyUs: seconds(7) };
  const columns = history(cell, everything, window);
  const again = pumpLine(4n);
  for (let k = 0; window.fromUs + k * window.everyUs <= window.toUs; k++) {
    again.runUntil(window.fromUs + k * window.everyUs);
    for (const index of everything) expect(columns[index][k]).toBe(again.sample(index).value);
  }
});

test('what happened can be asked again', () => {
  const cell = pumpLine(4n);
  const heard: Happening[] = [];
  cell.listener = (happening) => heard.push(happening);
  cell.runUntil(hours(2));
  cell.listener = undefined;
  expect(happenings(cell, 0, hours(2))).toEqual(heard.filter(({ t }) => t > 0));
  expect(happenings(cell, minutes(30), hours(1))).toEqual(heard.filter(({ t }) => t > minutes(30) && t <= hours(1)));
});
