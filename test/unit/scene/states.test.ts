import { STATES } from '#web/scene/states.ts';
import { describe, expect, test } from 'vitest';

describe('states', () => {
  test('differ in shape and in word, not in colour alone', () => {
    const looks = Object.values(STATES);
    const distinct = (values: string[]) => new Set(values).size;
    expect(distinct(looks.map(({ glyph }) => glyph.map(({ d }) => d).join()))).toBe(looks.length);
    expect(distinct(looks.map(({ word }) => word.en))).toBe(looks.length);
    expect(distinct(looks.map(({ word }) => word.sv))).toBe(looks.length);
  });

  test('are grey while normal: only what needs attention has a saturated lamp', () => {
    for (const { lamp, isAbnormal } of Object.values(STATES)) {
      const channels = [1, 3, 5].map((i) => parseInt(lamp.slice(i, i + 2), 16));
      const saturation = Math.max(...channels) - Math.min(...channels);
      expect(saturation > 60, lamp).toBe(isAbnormal);
    }
  });
});
