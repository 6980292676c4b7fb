import { expect, test } from 'vitest';
import { downloadSizes } from '#test/e2e/support/download-sizes.ts';

const { figures, tooEarly } = downloadSizes();

for (const { name, value, budget, unit } of figures) {
  test(`${name}: within what a slow line carries`, () => {
    console.log(`${name}: ${value.toFixed(1)} ${unit}`);
    expect(value).toBeGreaterThan(50);
    expect(value).toBeLessThan(budget!);
  });
}

test('the shell is seen before the shapes of the contract, the drawing of scenes and the client of MQTT are there', () => {
  expect(tooEarly).toEqual([]);
});
