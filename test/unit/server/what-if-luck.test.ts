import { expect, test } from 'vitest';
import { freshLuck } from '#server/cells/what-if-result.ts';

test('each question meets luck of its own, in both halves', () => {
  const lucks = Array.from({ length: 50 }, () => freshLuck());
  for (const half of [0, 1] as const) expect(new Set(lucks.map((luck) => luck[half])).size).toBe(50);
});
