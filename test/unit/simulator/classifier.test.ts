import { expect, test } from 'vitest';
import type { Cell } from '#simulator/cell/cell.ts';
import { createCell, resumeCell } from '#simulator/cell/create-cell.ts';
import { type InspectionErrors, inspectionErrorsOf } from '#simulator/cell/inspection-errors.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { hours } from '#simulator/kernel/time.ts';
import type { ClassifierConfig } from '#simulator/plant/vision/classifier-config.ts';
import { FEATURES } from '#simulator/plant/vision/vision-features.ts';
import { bytes, modelOf } from './support.ts';

const model = modelOf('pump-line');
const TARGET = 'ST08.Classifier';
const LINEAR: ClassifierConfig = {
  kind: 'linear',
  bias: -7,
  weights: { burrArea: 1.1, scratchLength: 0.6, boreDeviation: 0.3 },
};
/** A burr, a long scratch, or screws that are not all there; everything else is good. */
const TREE: ClassifierConfig = {
  kind: 'tree',
  nodes: [
    { feature: 'burrArea', at: 4, below: 1, above: 4 },
    { feature: 'scratchLength', at: 6, below: 2, above: 4 },
    { feature: 'screwCount', at: 3.5, below: 4, above: 3 },
    { score: 0.1 },
    { score: 0.95 },
  ],
};

interface Found {
  readonly features: Record<string, number>;
  readonly score: number;
  readonly classifier: ClassifierConfig;
}
const found = (cell: Cell): Found => (cell.capture('ST08.Camera.Features') as unknown as { content: Found }).content;
const start = (classifier?: ClassifierConfig): Cell =>
  createCell(model, {
    seed: 9n,
    set: { 'ST08.burrShare': 0.05, ...(classifier && { 'ST08.classifier': classifier }) },
  });

/** Runs on, and asks of each part whether its score is what it should be. */
function eachScore(cell: Cell, expected: (features: Record<string, number>) => number): number {
  let looked = cell.read('ST08.Counter.Parts');
  let count = 0;
  while (cell.now < hours(2)) {
    cell.runUntil(cell.nextUs);
    if (cell.read('ST08.Counter.Parts') === looked) continue;
    looked = cell.read('ST08.Counter.Parts');
    count += 1;
    const { features, score } = found(cell);
    expect(score).toBeCloseTo(expected(features), 9);
  }
  return count;
}

test('without another one, the score is 0.8 for a feature at its limit, and screws must all be there', () => {
  const limits = FEATURES.filter(({ limit }) => limit < Infinity);
  const count = eachScore(start(), (features) => {
    const ratios = limits.map(({ name, limit }) => features[name] / limit);
    return Math.min(1, 0.8 * Math.max(...ratios, 2 * (4 - features.screwCount)));
  });
  expect(count).toBeGreaterThan(50);
  expect(found(startedLine()).classifier).toEqual({
    kind: 'thresholds',
    limits: { burrArea: 3, scratchLength: 5, sealOffset: 1.2, edgeGap: 0.8 },
  });
});

test('linear weights give a logistic score, in the units of the features', () => {
  eachScore(start(LINEAR), ({ burrArea, scratchLength, boreDeviation }) => {
    const z = -7 + 1.1 * burrArea + 0.6 * scratchLength + 0.3 * boreDeviation;
    return 1 / (1 + Math.exp(-z));
  });
});

test('a tree goes below or above, down to a score', () => {
  eachScore(start(TREE), ({ burrArea, scratchLength, screwCount }) =>
    burrArea < 4 && scratchLength < 6 && screwCount >= 3.5 ? 0.1 : 0.95,
  );
});

function startedLine(): Cell {
  const cell = start();
  cell.runUntil(hours(1));
  return cell;
}

test('a command replaces it at once; snapshot, fork, replay and resumption have it too', () => {
  for (const config of [LINEAR, TREE]) {
    const cell = startedLine();
    cell.command({ target: TARGET, value: config });
    expect(cell.log.toJSON().at(-1)).toMatchObject({ target: TARGET, value: config });
    cell.runUntil(hours(2));
    expect(found(cell).classifier).toEqual(config);
    expect(cell.parameter('ST08.classifier')).toEqual(config);
    const creation = { seed: 9n, set: { 'ST08.burrShare': 0.05 } };
    const again = resumeCell(model, { ...creation, log: cell.log.toJSON() });
    again.runUntil(hours(2));
    const restored = createCell(model, { seed: 1n });
    restored.restore(cell.snapshot());
    for (const each of [cell.fork(), cell.past(hours(2)), again, restored]) {
      expect(bytes(each.snapshot()).equals(bytes(cell.snapshot()))).toBe(true);
      expect(found(each)).toEqual(found(cell));
    }
    expect(found(cell.past(hours(1))).classifier.kind).toBe('thresholds');
  }
});

test('it comes as JSON too, for doors that know no objects, and can be taken back', () => {
  const cell = startedLine();
  cell.command({ target: TARGET, value: JSON.stringify(TREE) });
  expect(cell.parameter('ST08.classifier')).toEqual(TREE);
  cell.command({ target: TARGET, value: { kind: 'thresholds', limits: { burrArea: 4.5 } } });
  expect(found(cell).classifier).toEqual({
    kind: 'thresholds',
    limits: { burrArea: 4.5, scratchLength: 5, sealOffset: 1.2, edgeGap: 0.8 },
  });
});

test('a classifier that knows burrs better rejects fewer good parts, and one that sees nothing passes all bad ones', () => {
  const blind = { kind: 'tree', nodes: [{ score: 0 }] } as const;
  const loose = { kind: 'thresholds', limits: { burrArea: 4 } } as const;
  const [usual, better, worst] = [undefined, loose, blind].map((config) => {
    const cell = start(config);
    cell.runUntil(hours(60));
    return inspectionErrorsOf(cell);
  });
  expect(better.falseRejects).toBeLessThan(0.75 * usual.falseRejects);
  expect(worst.rejects).toBe(0);
  expect(worst.falseAccepts).toBeGreaterThan(5 * usual.falseAccepts);
  // Truth does not depend on who judges: what is bad is rejected rightly or passed wrongly.
  const bad = ({ rejects, falseRejects, falseAccepts }: InspectionErrors) => rejects - falseRejects + falseAccepts;
  expect(bad(worst) / worst.looked).toBeGreaterThan(0.8 * (bad(usual) / usual.looked));
});

test('it can tell true from false by the command alone: nothing shows how often the camera is wrong', () => {
  for (const { path } of model.signals) expect(path).not.toMatch(/False|Truth|Condition/);
});

test.each([
  [undefined, 'wrong_type', 'The classifier cannot be nothing. Give an object, as in {"kind":"linear"'],
  [7, 'wrong_type', 'The classifier cannot be 7.'],
  ['{kind', 'wrong_type', 'The classifier is no JSON.'],
  [{ kind: 'network' }, 'out_of_range', '"kind" cannot be "network". Give thresholds, linear, tree.'],
  [{ kind: 'linear', weights: {} }, 'wrong_type', '"bias" cannot be nothing. Give a number from -1000000 to 1000000.'],
  [{ kind: 'linear', bias: NaN, weights: {} }, 'out_of_range', '"bias" cannot be NaN.'],
  [{ kind: 'linear', bias: 0, weights: [1, 2] }, 'wrong_type', '"weights" cannot be [1,2].'],
  [
    { kind: 'linear', bias: 0, weights: { burArea: 1 } },
    'out_of_range',
    'the feature "burArea". Did you mean "burrArea"? There are',
  ],
  [{ kind: 'linear', bias: 0, weights: { burrArea: '1' } }, 'wrong_type', '"weights.burrArea" cannot be "1".'],
  [{ kind: 'linear', bias: 0, weigths: {} }, 'out_of_range', 'no "weigths". Did you mean "weights"?'],
  [
    { kind: 'thresholds', limits: { burrArea: -1 } },
    'out_of_range',
    '"limits.burrArea" cannot be -1. Give a number from 0.001',
  ],
  [{ kind: 'thresholds', limits: { boreDeviation: 9 } }, 'out_of_range', 'Set the parameter Threshold.Bore.'],
  [{ kind: 'thresholds', limits: { meanGrey: 9 } }, 'out_of_range', '"limits" names the feature "meanGrey".'],
  [{ kind: 'tree' }, 'out_of_range', '"nodes" is no list of nodes. Give 1 to 15 nodes.'],
  [{ kind: 'tree', nodes: Array.from({ length: 16 }, () => ({ score: 0 })) }, 'out_of_range', 'Give 1 to 15 nodes.'],
  [{ kind: 'tree', nodes: [{ score: 2 }] }, 'out_of_range', '"nodes[0].score" cannot be 2. Give a number from 0 to 1.'],
  [
    { kind: 'tree', nodes: [{ feature: 'burrArea', at: 3, below: 0, above: 1 }, { score: 0 }] },
    'out_of_range',
    '"nodes[0].below" cannot be 0. Give the number of a later node, up to 1.',
  ],
  [
    { kind: 'tree', nodes: [{ feature: 'burrArea', at: 3, below: 1, above: 2 }, { score: 0 }] },
    'out_of_range',
    '"nodes[0].above" cannot be 2.',
  ],
  [
    { kind: 'tree', nodes: [{ feature: 'rust', at: 3, below: 1, above: 1 }, { score: 0 }] },
    'out_of_range',
    '"nodes[0].feature" names the feature "rust".',
  ],
  [{ kind: 'tree', nodes: [null] }, 'wrong_type', '"nodes[0]" cannot be null.'],
])('%j is refused with the field and what would be right, and changes nothing', (value: unknown, code, message) => {
  const cell = startedLine();
  const before = bytes(cell.fork().snapshot());
  let refusal: unknown;
  try {
    cell.command({ target: TARGET, value });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).code).toBe(code);
  expect((refusal as Refusal).message).toContain(message);
  expect(cell.log.length).toBe(0);
  expect(cell.parameter('ST08.classifier')).toMatchObject({ kind: 'thresholds' });
  expect(before.length).toBe(bytes(cell.snapshot()).length);
});
