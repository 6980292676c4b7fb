import { type Anchor, layOutLabels } from '#web/scene/label-layout.ts';
import { describe, expect, test } from 'vitest';

const area = { width: 800, height: 500 };
const anchor = (id: string, x: number, y: number, part: Partial<Anchor> = {}): Anchor => ({
  id,
  x,
  y,
  w: 60,
  h: 24,
  priority: 0,
  ...part,
});

function overlaps(anchors: readonly Anchor[], space = area): [string, string][] {
  const size = new Map(anchors.map(({ id, w, h }) => [id, { w, h }]));
  const boxes = layOutLabels(anchors, space).map((label) => ({ ...label, ...(size.get(label.id) ?? { w: 0, h: 0 }) }));
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.left + b.w && b.left < a.left + a.w && a.top < b.top + b.h && b.top < a.top + a.h)
      .map((b): [string, string] => [a.id, b.id]),
  );
}

describe('labels', () => {
  test('stand centred above their anchors when there is room', () => {
    const [label] = layOutLabels([anchor('ST01', 400, 200)], area);
    expect(label.left).toBe(370);
    expect(label.top).toBeLessThan(200 - 24);
  });

  test('do not cover each other, even when twelve crowd on a phone', () => {
    const crowd = Array.from({ length: 12 }, (_, i) =>
      anchor(`ST${i}`, 40 + (i % 6) * 55, 200 + Math.floor(i / 6) * 60),
    );
    expect(overlaps(crowd, { width: 390, height: 500 })).toEqual([]);
  });

  test('with a higher priority keep their place', () => {
    const placed = layOutLabels([anchor('a', 400, 200), anchor('b', 405, 202, { priority: 2 })], area);
    expect(placed.find(({ id }) => id === 'b')?.left).toBe(375);
    expect(overlaps([anchor('a', 400, 200), anchor('b', 405, 202, { priority: 2 })])).toEqual([]);
  });

  test('stay inside the picture', () => {
    for (const { left, top } of layOutLabels([anchor('a', -20, -9), anchor('b', 900, 700)], area)) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(740);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(476);
    }
  });

  test('are placed the same whatever order they are given in', () => {
    const some = [anchor('a', 100, 100), anchor('b', 110, 104), anchor('c', 120, 99)];
    const byId = (labels: { id: string }[]) => labels.toSorted((x, y) => x.id.localeCompare(y.id));
    expect(byId(layOutLabels(some, area))).toEqual(byId(layOutLabels(some.toReversed(), area)));
  });
});
