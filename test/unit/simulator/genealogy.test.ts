import { expect, test } from 'vitest';
import { genealogy, historyOf, type PartHistory } from '#simulator/cell/genealogy.ts';
import { hours } from '#simulator/kernel/time.ts';
import { pumpLine } from './support.ts';

const line = pumpLine(17n);
line.runUntil(hours(20));
const all = genealogy(line, { fromUs: 0, toUs: hours(20) });
const placesOf = ({ visits }: PartHistory): string[] => visits.map(({ station }) => station);

test('a window tells the whole history of every part that was in the plant in it, and of no other', () => {
  const [fromUs, toUs] = [hours(9.1), hours(10.4)];
  const some = genealogy(line, { fromUs, toUs });
  const inside = [...all.values()].filter(({ bornUs, leftUs = Infinity }) => bornUs <= toUs && leftUs > fromUs);
  expect([...some.keys()].sort((a, b) => a - b)).toEqual(inside.map(({ serial }) => serial));
  expect(inside.some(({ bornUs }) => bornUs < fromUs)).toBe(true);
  for (const { visits, leftUs = Infinity, ...full } of inside) {
    const told = some.get(full.serial);
    expect(told?.visits).toEqual(visits.filter(({ endUs }) => endUs <= toUs));
    if (leftUs <= toUs) expect(told).toEqual({ ...full, leftUs, visits });
    else expect(told).toMatchObject({ fate: 'inPlant', leftUs: undefined, bornUs: full.bornUs });
  }
});

test('a good pump goes through all stations in their order; only one with a printed cover stops at the printers', () => {
  const straight = [...all.values()].filter(({ fate, isReworked }) => fate === 'finished' && !isReworked);
  expect(straight.length).toBeGreaterThan(1000);
  for (const part of straight) {
    const cover = part.variant === 'P3' ? ['ST05'] : [];
    expect(new Set(placesOf(part))).toEqual(
      new Set(['ST01', 'ST03', 'ST04', ...cover, 'ST06', 'ST07', 'ST08', 'ST09', 'ST10']),
    );
    expect(part.visits[0].endUs).toBe(part.bornUs);
    expect(part.visits.at(-1)?.endUs).toBe(part.leftUs);
  }
});

test('scrap leaves at the camera with its cause, and a reworked part was assembled and looked at again', () => {
  const scrap = [...all.values()].filter(({ fate }) => fate === 'scrapped');
  expect(scrap.length).toBe(line.read('Line.Parts.Scrapped'));
  for (const part of scrap) expect([placesOf(part).at(-1), typeof part.cause]).toEqual(['ST08', 'string']);
  const reworked = [...all.values()].filter(({ isReworked }) => isReworked);
  expect(reworked.length).toBeGreaterThan(0);
  for (const part of reworked) {
    expect(placesOf(part).filter((station) => station === 'ST06').length).toBeGreaterThanOrEqual(2);
  }
});

test('facts are those of the part: its carrier all the way, a tool that is only ever replaced by a newer one', () => {
  let tool = 0;
  for (const part of [...all.values()].toSorted((a, b) => millingOf(a) - millingOf(b))) {
    expect(new Set(part.visits.map(({ facts }) => facts.carrier)).size).toBeLessThanOrEqual(1);
    const used = Number(part.visits.find(({ station }) => station === 'ST03')?.facts.tool ?? tool);
    expect(used).toBeGreaterThanOrEqual(tool);
    tool = used;
  }
  expect(tool).toBeGreaterThan(5);
});

test('one part is found by its serial alone, wherever in the past it lived', () => {
  for (const serial of [1, 700, all.size - 40, all.size]) expect(historyOf(line, serial)).toEqual(all.get(serial));
});

test.each([0, -3, 1.5, NaN, 10_000_000])('there is no part with the serial %d', (serial) => {
  expect(() => historyOf(line, serial)).toThrow(/Serials go from 1 to \d+/);
});

const millingOf = ({ visits }: PartHistory): number =>
  visits.find(({ station }) => station === 'ST03')?.endUs ?? Infinity;
