import { expect, test } from 'vitest';
import type { Check } from '#server/labs/judge/check.ts';
import type { Lab } from '#server/labs/lab.ts';
import { copyRates, type HandedIn } from '#server/labs/prove/copy-rates.ts';

const window = { fromUs: 0, toUs: 1e6 };

/** Somebody whose line drew `x`, and what they typed. */
const handedIn = (x: number, typed: Record<string, string>): HandedIn => ({
  answers: { step: typed },
  facts: {
    step: {
      ...{ nowMs: 0, nowUs: 1e6, anchorMs: 0, evidence: [], drawn: { x }, answers: { step: typed } },
      ...{ window, kept: {}, units: {}, seeds: {} },
    },
  },
  shown: {},
});

const common = { points: 1, needs: [], source: 'answers', tells: [] } as const;
const checks: readonly Check[] = [
  { ...common, id: 'own', wanted: [{ ask: 'a', is: { cel: 'x + 0.0' }, within: { absolute: 0.1, unit: '' } }] },
  // Follows from what was answered above, so it is right whoever did both.
  { ...common, id: 'double', wanted: [{ ask: 'b', is: { cel: '2.0 * answers.a' } }] },
];
const step = { id: 'step', asks: ['a', 'b'].map((id) => ({ id, type: 'number' })), checks };
const lab = { steps: [step], names: { windows: {}, derive: {} } } as unknown as Lab;

const everyone = [
  handedIn(1, { a: '1', b: '2' }),
  handedIn(1.05, { a: '1,05', b: '2.1' }),
  handedIn(7, { a: '7', b: '13' }),
  handedIn(9, { a: 'nine', b: '18' }),
];

test('the answers of each are judged on the line of every other', () => {
  // Of twelve pairs only the first two pass each other; the first two also carry their second answer with them.
  expect(Object.fromEntries(copyRates(lab, everyone))).toEqual({ 'step.own': 2 / 12, 'step.double': 6 / 12 });
});
