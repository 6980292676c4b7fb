import { expect, test } from 'vitest';
import {
  protectiveSeparationM,
  separationTerms,
  stoppingDistanceM,
  stoppingTimeS,
} from '#simulator/plant/robot/separation.ts';

test('stopping time and distance follow speed and payload', () => {
  // Without payload 6 m/s2: 1.5 m/s takes 0.04 + 0.25 s and 0.06 + 0.1875 m.
  expect(stoppingTimeS(1.5, 0)).toBeCloseTo(0.29, 12);
  expect(stoppingDistanceM(1.5, 0)).toBeCloseTo(0.2475, 12);
  // 12 kg halve the deceleration.
  expect(stoppingTimeS(1.5, 12)).toBeCloseTo(0.54, 12);
  expect(stoppingDistanceM(1.5, 12)).toBeCloseTo(0.435, 12);
});

test('the protective separation distance is Sh + Sr + Ss + C + Zd + Zr, as computed by hand', () => {
  const terms = separationTerms(1.5, 0);
  expect(terms.person).toBeCloseTo(1.6 * (0.1 + 0.29), 12);
  expect(terms.reaction).toBeCloseTo(0.15, 12);
  expect(terms.stopping).toBeCloseTo(0.2475, 12);
  expect([terms.intrusion, terms.personUncertain, terms.robotUncertain]).toEqual([0.208, 0.1, 0.01]);
  expect(protectiveSeparationM(1.5, 0)).toBeCloseTo(0.624 + 0.15 + 0.2475 + 0.208 + 0.1 + 0.01, 12);
  // 250 mm/s with 1.2 kg: deceleration 6 / 1.1, stops in 0.04 + 0.045833 s and 0.01 + 0.00572917 m.
  expect(protectiveSeparationM(0.25, 1.2)).toBeCloseTo(1.6 * 0.1858333333 + 0.025 + 0.0157291667 + 0.318, 9);
});

test('a faster robot and a heavier part need more distance', () => {
  expect(protectiveSeparationM(1, 1)).toBeGreaterThan(protectiveSeparationM(0.5, 1));
  expect(protectiveSeparationM(1, 5)).toBeGreaterThan(protectiveSeparationM(1, 1));
});
