import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { historyOf } from '#simulator/cell/genealogy.ts';
import { hours } from '#simulator/kernel/time.ts';
import type { Picture } from '#simulator/plant/capture.ts';
import { dataMatrixOf } from '#simulator/plant/marking/data-matrix.ts';
import { checkDigit, elementString, gradeOf, gtinOf, markText } from '#simulator/plant/parts/product-mark.ts';
import { VARIANTS } from '#simulator/plant/parts/variants.ts';
import { modelOf } from './support.ts';

const share = z.number().min(0).max(1);
const both = z.strictObject({ en: z.string().min(1), sv: z.string().min(1) });
/** Everything that a passport must hold; nothing may be missing, and nothing may come unannounced. */
const Passport = z.strictObject({
  passport: z.strictObject({
    version: z.string(),
    status: z.literal('valid'),
    issuedAtS: z.number().positive(),
    language: z.array(z.string()),
  }),
  identification: z.strictObject({
    uniqueProductIdentifier: z.url(),
    gtin: z.string().regex(/^\d{14}$/),
    serialNumber: z.string().regex(/^\d{8}$/),
    mark: z.string().regex(/^NP-P[123]-\d{8}$/),
    dataCarrier: z.strictObject({ type: z.string(), content: z.string().regex(/^\(01\)\d{14}\(21\)\d{8}$/) }),
    model: z.enum(['P1', 'P2', 'P3']),
    description: both,
    commodityCode: z.string().regex(/^\d{4} \d\d \d\d$/),
  }),
  economicOperators: z.strictObject({
    manufacturer: z.strictObject({
      name: z.string(),
      country: z.string().length(2),
      uniqueOperatorIdentifier: z.string(),
    }),
    facility: z.strictObject({ name: z.string(), country: z.string().length(2), uniqueFacilityIdentifier: z.string() }),
  }),
  materials: z
    .array(
      z.strictObject({
        material: z.string(),
        description: both,
        massKg: z.number().positive(),
        recycledContentShare: share,
      }),
    )
    .min(4),
  massKg: z.number().positive(),
  recycledContentShare: share,
  substancesOfConcern: z.array(
    z.strictObject({ substance: z.string(), casNumber: z.string(), location: z.string(), highestShare: share }),
  ),
  manufacturing: z.strictObject({
    energyKwh: z.number().min(0.1).max(2),
    energyMethod: z.string(),
    supplierLots: z.array(
      z.strictObject({ component: z.string(), lot: z.number().int(), supplier: z.string().min(3).optional() }),
    ),
    reworked: z.boolean(),
  }),
  testResults: z.strictObject({
    boreDeviationUm: z.number(),
    leakTest: z.literal('passed'),
    visionInspection: z.literal('passed'),
    codeGrade: z.number().min(0).max(4),
    codeGradeMethod: z.string(),
  }),
  circularity: z.strictObject({
    remanufacturable: z.boolean(),
    recoveredParts: z.array(z.literal('housing')),
    disassembly: z.string(),
    spareParts: z.array(z.string()).min(3),
    sparePartsAvailableYears: z.number(),
    takeBack: z.string(),
  }),
});

const line = (): Cell => createCell(modelOf('pump-line'), { seed: 12n });
const passport = (cell: Cell): z.infer<typeof Passport> =>
  Passport.parse((cell.capture('ST09.Passport.Last') as { content: unknown }).content);

test('every pump gets a passport that is complete and agrees with itself and with the signals', () => {
  const cell = line();
  const models = new Set<string>();
  cell.runUntil(hours(1));
  while (models.size < 3 && cell.now < hours(40)) {
    const done = cell.read('ST09.Counter.Parts');
    while (cell.read('ST09.Counter.Parts') === done) cell.runUntil(cell.nextUs);
    const { identification, materials, massKg, recycledContentShare, testResults, passport: head } = passport(cell);
    models.add(identification.model);
    expect(Number(identification.serialNumber)).toBe(
      cell.read('ST09.Part.Serial') || Number(identification.serialNumber),
    );
    expect(head.issuedAtS).toBeCloseTo(cell.now / 1e6, 3);
    expect(materials.reduce((sum, each) => sum + each.massKg, 0)).toBeCloseTo(massKg, 6);
    const recycled = materials.reduce((sum, each) => sum + each.massKg * each.recycledContentShare, 0);
    expect(recycled / massKg).toBeCloseTo(recycledContentShare, 3);
    expect(testResults.codeGrade).toBeCloseTo(cell.read('ST09.Code.Grade'), 3);
    expect(Math.abs(testResults.boreDeviationUm)).toBeLessThan(16);
    expect(identification.mark).toBe(`NP-${identification.model}-${identification.serialNumber}`);
    expect(identification.uniqueProductIdentifier).toContain(
      `/01/${identification.gtin}/21/${identification.serialNumber}`,
    );
    expect(JSON.parse(JSON.stringify(passport(cell)))).toEqual(passport(cell));
  }
  expect([...models].sort()).toEqual(['P1', 'P2', 'P3']);
});

test('a passport tells of a pump what its genealogy tells', () => {
  const cell = line();
  cell.runUntil(hours(3));
  const { identification, manufacturing, testResults } = passport(cell);
  const { visits, isReworked, variant } = historyOf(cell, Number(identification.serialNumber));
  const facts = (station: string) => visits.findLast((visit) => visit.station === station)!.facts;
  const lots = Object.fromEntries(manufacturing.supplierLots.map(({ component, lot }) => [component, lot]));
  expect(lots).toEqual({
    housing: facts('ST01').castingLot,
    bearing: facts('ST01').bearingLot,
    'shaft seal': facts('ST01').sealLot,
  });
  expect(manufacturing.supplierLots[0].supplier).toBe(facts('ST01').supplier);
  expect(manufacturing.reworked).toBe(isReworked);
  expect(testResults.boreDeviationUm).toBeCloseTo(Number(facts('ST03').boreDeviation), 3);
  expect(testResults.codeGrade).toBeCloseTo(Number(facts('ST09').grade), 3);
  expect([facts('ST09').mark, facts('ST08').cause, variant]).toEqual([
    identification.mark,
    'none',
    identification.model,
  ]);
});

test('the picture of the code holds the symbol of the GS1 element string, as dark as its contrast says', () => {
  const cell = line();
  cell.runUntil(hours(1));
  const { width, height, pixels } = cell.capture('ST09.Mark.DataMatrix') as Picture;
  const { identification } = passport(cell);
  const { size, modules } = dataMatrixOf(identification.dataCarrier.content.replaceAll(/[()]/g, ''), true);
  expect([width, height]).toEqual([4 * (size + 2), 4 * (size + 2)]);
  const read = Uint8Array.from({ length: size * size }, (_, n) => {
    const at = (4 * (Math.floor(n / size) + 1) + 2) * width + 4 * ((n % size) + 1) + 2;
    return pixels[at] < 190 ? 1 : 0;
  });
  expect(read).toEqual(modules);
  const [bright, dark] = [Math.max(...pixels), Math.min(...pixels)];
  expect((100 * (bright - dark)) / bright).toBeCloseTo(cell.read('ST09.Code.Contrast'), 0);
});

test('the code fades away from the right power of the laser, and its grade with it', () => {
  const grades = [82, 70, 60, 100].map((power) => {
    const cell = createCell(modelOf('pump-line'), { seed: 12n, set: { 'ST09.Laser.PowerSetpoint': power } });
    cell.runUntil(hours(1));
    return cell.read('ST09.Code.Grade');
  });
  expect(grades[0]).toBeGreaterThan(3);
  for (const grade of grades.slice(1)) expect(grade).toBeLessThan(grades[0] - 0.1);
  expect(grades[2]).toBeLessThan(grades[1]);
});

test('cell contrast is graded as in ISO/IEC 29158', () => {
  expect([35, 30, 25, 20, 15, 10, 5].map(gradeOf)).toEqual([4, 4, 3, 2, 1, 0, 0]);
});

test('article numbers have the check digit of GS1, and identifiers name variant and serial', () => {
  expect(checkDigit('629104150021')).toBe(3); // the example on gs1.org
  expect(checkDigit('400638133393')).toBe(1);
  for (const [k] of VARIANTS.entries()) {
    const gtin = gtinOf(k);
    expect(gtin).toMatch(/^0952\d{10}$/);
    expect(checkDigit(gtin.slice(0, -1))).toBe(Number(gtin.at(-1)));
  }
  expect(markText(0, 1234)).toBe('NP-P1-00001234');
  expect(elementString(0, 1234)).toBe(`01${gtinOf(0)}2100001234`);
  expect(elementString(0, 1234, true)).toBe(`(01)${gtinOf(0)}(21)00001234`);
});

test('without a marked pump there is no passport and no code', () => {
  for (const name of ['ST09.Passport.Last', 'ST09.Mark.DataMatrix']) {
    expect(() => line().capture(name)).toThrow('ST09 has not marked any pump yet. Wait for the first one.');
  }
});
