import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { hours } from '#simulator/kernel/time.ts';
import { CAUSES, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import { modelOf } from './support.ts';

const model = modelOf('pump-line');
const OFTEN = { 'ST08.scratchShare': 0.03, 'ST08.burrShare': 0.03, 'ST08.screwShare': 0.05, 'ST08.sealShare': 0.05 };

const truth = (cell: Cell): { byCause: number[]; scrapped: number; sentBack: number } =>
  cell.look(({ parts, stations }) => ({
    byCause: CAUSES.map((_, cause) => parts.scraps.of(cause)),
    scrapped: parts.scrapped,
    sentBack: (stations.get('ST08')!.self as { sentBack: number }).sentBack,
  }));

test.each([1n, 2n, 3n])('every part is finished, scrap for one cause, or on its way, seed %s', (seed) => {
  const cell = createCell(model, { seed, set: OFTEN });
  for (let h = 1; h <= 24; h++) {
    cell.runUntil(hours(h));
    const { byCause, scrapped } = truth(cell);
    const sum = byCause.reduce((total, count) => total + count, 0);
    expect(sum).toBe(scrapped);
    expect(byCause[Verdict.Good]).toBe(0);
    cell.look(({ parts }) => expect(parts.serials).toBe(parts.finished + parts.scrapped + parts.inPlant.rate));
    const shown = ['Press', 'Bore', 'Surface', 'Assembly'].map((name) => cell.read(`ST08.Scrap.${name}`));
    expect(shown.reduce((total, count) => total + count, 0)).toBe(cell.read('ST08.Counter.Scrap'));
    expect(cell.read('ST08.Counter.Scrap')).toBe(scrapped);
  }
});

test('a part with a missing screw or a tilted seal goes round once more and is put right', () => {
  const cell = createCell(model, { seed: 4n, set: { ...OFTEN, 'ST06.pickErrorShare': 0 } });
  cell.runUntil(hours(8));
  const events = happenings(cell, 0, hours(8));
  const serialsOf = (event: string) => events.filter((each) => each.event === event).map(({ value }) => value);
  const sentBack = serialsOf('ST08.PartSentBack');
  expect(sentBack.length).toBeGreaterThan(30);
  expect(sentBack.length).toBe(cell.read('ST08.Counter.Rework'));
  expect(new Set(sentBack).size).toBe(sentBack.length);
  const scrap = new Set(serialsOf('ST08.PartScrapped'));
  const left = new Set(serialsOf('Line.PartLeft'));
  // All but the last few have left, nearly all of them as good pumps.
  const done = sentBack.filter((serial) => left.has(serial));
  expect(done.length).toBeGreaterThan(0.85 * sentBack.length);
  expect(done.filter((serial) => !scrap.has(serial)).length).toBeGreaterThan(0.85 * done.length);
  const visits = (station: string, serial: number) =>
    serialsOf(`${station}.PartDone`).filter((each) => each === serial).length;
  for (const serial of done.slice(0, 5)) {
    expect(['ST03', 'ST06', 'ST08'].map((station) => visits(station, serial))).toEqual([1, 2, 2]);
  }
  expect(truth(cell).byCause[Verdict.Screw] + truth(cell).byCause[Verdict.Seal]).toBeLessThanOrEqual(1);
});

test('nothing goes back twice, even where the camera sees no screws in the dark', () => {
  const cell = createCell(model, { seed: 6n, set: { 'ST08.lightDecay': 40_000 } });
  cell.runUntil(hours(3));
  const events = happenings(cell, 0, hours(3));
  const sentBack = events.filter(({ event }) => event === 'ST08.PartSentBack').map(({ value }) => value);
  expect(sentBack.length).toBeGreaterThan(20);
  expect(new Set(sentBack).size).toBe(sentBack.length);
  const scrap = new Set(events.filter(({ event }) => event === 'ST08.PartScrapped').map(({ value }) => value));
  expect(sentBack.filter((serial) => scrap.has(serial)).length).toBeGreaterThan(10);
});

test('causes follow what was wrong: no scratch is scrap where none comes about but by mistake', () => {
  const cell = createCell(model, {
    seed: 5n,
    set: { 'ST08.scratchShare': 0, 'ST08.burrShare': 0.1, 'ST08.coverShare': 0 },
  });
  cell.runUntil(hours(16));
  const { byCause } = truth(cell);
  expect(byCause[Verdict.Scratch]).toBe(0);
  expect(byCause[Verdict.Cover]).toBe(0);
  expect(byCause[Verdict.Burr]).toBeGreaterThan(80);
  expect(byCause[Verdict.FalseReject]).toBeGreaterThan(0);
});
