import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { inspectionErrorsOf } from '#simulator/cell/inspection-errors.ts';
import { hours, minutes } from '#simulator/kernel/time.ts';
import type { Document, Picture } from '#simulator/plant/capture.ts';
import { CAUSES, Verdict } from '#simulator/plant/parts/scrap-causes.ts';
import type { Look } from '#simulator/plant/vision/vision-features.ts';
import { modelOf } from './support.ts';

const model = modelOf('pump-line');
const line = (set: Record<string, number> = {}, seed = 5n): Cell => createCell(model, { seed, set });
const features = (cell: Cell): Record<string, number> =>
  (cell.capture('ST08.Camera.Features') as Document).content.features as Record<string, number>;
const lookOf = (cell: Cell): { serial: number; condition: number } =>
  cell.look(({ stations }) => {
    const { look } = stations.get('ST08')!.self as { look: Look };
    return { serial: look.serial, condition: look.condition };
  });

/** Runs on to each of the next looks of the camera. */
function* looks(cell: Cell, count: number): Generator<{ serial: number; condition: number }> {
  let { serial } = lookOf(cell);
  while (count > 0) {
    cell.runUntil(cell.nextUs);
    if (lookOf(cell).serial === serial) continue;
    ({ serial } = lookOf(cell));
    count -= 1;
    yield lookOf(cell);
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly grey: number;
}

let places: Place[] = [];
/** Of every pixel, from the centre of the bore. */
function placesOf(width: number, height: number): Place[] {
  if (places.length === 0) {
    places = Array.from({ length: width * height }, (_, n) => {
      const x = (n % width) - 80;
      const y = Math.floor(n / width) - 60;
      return { x, y, r: Math.hypot(x, y), grey: 0 };
    });
  }
  return places;
}

/** Everything that the feature vector says, measured in the picture alone. A pixel is a millimetre. */
function measure({ width, height, pixels }: Picture): Record<string, number> {
  const within = (low: number, high: number): Place[] =>
    placesOf(width, height).flatMap((place, n) =>
      place.r >= low && place.r < high ? [{ ...place, grey: pixels[n] }] : [],
    );
  const median = (pixelsThere: Place[]) =>
    pixelsThere.map(({ grey }) => grey).sort((a, b) => a - b)[pixelsThere.length >> 1];
  const lid = median(within(31, 36));
  const dark = median(within(0, 10));
  const darkness = (low: number, high: number) =>
    within(low, high).reduce((sum, { grey }) => sum + (grey < 0.92 * lid ? lid - grey : 0), 0);
  const seal = within(0, 31).filter(({ r, grey }) => r > 16.7 && grey < 0.72 * lid);
  const centre = (axis: 'x' | 'y') =>
    seal.reduce((sum, pixel) => sum + pixel[axis] * (lid - pixel.grey), 0) /
    seal.reduce((sum, { grey }) => sum + lid - grey, 0);
  const rim = within(47, 56);
  const screw = (k: number) => {
    const turn = ((k + 0.5) / 2) * Math.PI;
    const [x, y] = [51.5 * Math.cos(turn), 51.5 * Math.sin(turn)];
    return rim.filter((pixel) => Math.hypot(pixel.x - x, pixel.y - y) < 3.5 && pixel.grey > 1.15 * lid).length > 8;
  };
  return {
    meanGrey: lid,
    contrast: (100 * (lid - dark)) / (lid + dark),
    scratchLength: darkness(36.6, 40.8) / (0.6 * lid * 1.2),
    burrArea:
      within(0, 15).reduce((sum, { grey }) => sum + (grey > dark + 0.08 * lid ? grey - dark : 0), 0) /
      (1.5 * lid - dark),
    sealOffset: Math.hypot(centre('x'), centre('y')),
    screwCount: [0, 1, 2, 3].filter(screw).length,
    edgeGap: 46 - Math.sqrt(46 * 46 - darkness(40.9, 46.4) / ((lid - dark) * Math.PI)),
  };
}

test('what is measured in a picture is what its feature vector says, for good and bad parts alike', () => {
  const cell = line({
    'ST08.scratchShare': 0.2,
    'ST08.burrShare': 0.2,
    'ST08.screwShare': 0.15,
    'ST08.sealShare': 0.15,
    'ST08.coverShare': 0.2,
  });
  const conditions = new Set<number>();
  const off: string[] = [];
  const tolerance = {
    meanGrey: 2,
    contrast: 2,
    scratchLength: 1.5,
    burrArea: 1.5,
    sealOffset: 0.4,
    screwCount: 0,
    edgeGap: 0.35,
  };
  let taken = 0;
  for (const { condition } of looks(cell, 600)) {
    // Covers are of one variant only, whose turn may come late.
    if (taken >= 40 && conditions.has(Verdict.Cover)) break;
    if (taken >= 40 && condition !== Verdict.Cover) continue;
    taken += 1;
    conditions.add(condition);
    const told = features(cell);
    const seen = measure(cell.capture('ST08.Camera.Picture') as Picture);
    for (const [name, limit] of Object.entries(tolerance)) {
      if (Math.abs(told[name] - seen[name]) > limit) {
        off.push(
          `${name} of ${lookOf(cell).serial} (${CAUSES[condition].name}): ${told[name].toFixed(2)}, seen ${seen[name].toFixed(2)}`,
        );
      }
    }
  }
  expect(off).toEqual([]);
  for (const wanted of [Verdict.Good, Verdict.Scratch, Verdict.Burr, Verdict.Screw, Verdict.Seal, Verdict.Cover])
    expect(conditions).toContain(wanted);
});

test('a look is the same whatever was looked at before, and a picture taken again is the same to the last byte', () => {
  const cell = line();
  cell.runUntil(hours(1));
  const first = cell.capture('ST08.Camera.Picture') as Picture;
  const again = cell.past(hours(1));
  const fork = cell.fork();
  cell.runUntil(hours(3));
  for (const each of [again, fork]) {
    expect(Buffer.from((each.capture('ST08.Camera.Picture') as Picture).pixels).equals(Buffer.from(first.pixels))).toBe(
      true,
    );
  }
  expect(Buffer.from((cell.capture('ST08.Camera.Picture') as Picture).pixels).equals(Buffer.from(first.pixels))).toBe(
    false,
  );
});

test('without a part there is no picture', () => {
  const cell = line();
  for (const name of ['ST08.Camera.Picture', 'ST08.Camera.Features']) {
    expect(() => cell.capture(name)).toThrow('ST08 has not looked at any part yet. Wait for the first one.');
  }
});

test('as the light decays, grey and contrast fall and more good parts are rejected, until the light is changed', () => {
  const decaying = createCell(model, {
    seed: 5n,
    scenario: [{ at: minutes(30), target: 'ST08.lightDecay', value: 11_000 }],
  });
  const fresh = line();
  for (const cell of [decaying, fresh]) cell.runUntil(hours(4));
  expect(fresh.read('ST08.Light.Intensity')).toBeGreaterThan(99.9);
  expect(decaying.read('ST08.Light.Intensity')).toBeCloseTo(100 * Math.exp((-11_000 * 3.5) / 20_000), 1);
  expect(decaying.read('ST08.Image.Grey')).toBeLessThan(0.5 * fresh.read('ST08.Image.Grey'));
  expect(decaying.read('ST08.Image.Contrast')).toBeLessThan(0.75 * fresh.read('ST08.Image.Contrast'));
  expect(inspectionErrorsOf(decaying).falseRejects).toBeGreaterThan(3 * inspectionErrorsOf(fresh).falseRejects + 8);
  for (let k = 0; decaying.read('ST08.State.Current') === 6 && k < 100; k++) decaying.runUntil(decaying.nextUs);
  decaying.command({ target: 'ST08.ChangeLight' });
  expect(decaying.read('ST08.Light.Intensity')).toBeCloseTo(100, 6);
});

test('the light is not changed while the camera looks', () => {
  const cell = line();
  cell.runUntil(hours(1));
  while (cell.read('ST08.State.Current') !== 6) cell.runUntil(cell.nextUs);
  expect(() => cell.command({ target: 'ST08.ChangeLight' })).toThrow(
    'cannot change its ring light in state Execute. Hold',
  );
});

test('what the station tells of a part is what its camera found', () => {
  const cell = line();
  cell.runUntil(hours(1));
  const told: Record<string, number | string>[] = [];
  const { trace } = cell.look(({ stations }) => stations.get('ST08')!) as {
    trace: (part: number, t: number) => Record<string, number | string>;
  };
  cell.listener = ({ event, t }) => {
    if (event === 'ST08.PartDone') told.push(trace(0, t));
  };
  cell.runUntil(hours(1.2));
  expect(told.length).toBeGreaterThan(10);
  const last = told[told.length - 1];
  expect(last).toMatchObject(features(cell));
  expect(['good', 'bad']).toContain(last.verdict);
  expect(CAUSES.map(({ name }) => name)).toContain(last.cause);
});
