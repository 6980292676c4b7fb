import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../../web/src/ui/tokens.css', import.meta.url), 'utf8');
const themes = [...css.matchAll(/\[data-theme='(\w+)'\] \{([^}]*)\}/g)].map(([, name, body]) => {
  const tokens = [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(
    ([, token, colour]) => [token, colour] as const,
  );
  return { name, colours: new Map(tokens) };
});

/** WCAG 2.1, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = 4.5;
const GRAPHICS = 3;
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...['surface', 'surface-2', 'surface-3', 'bg'].flatMap((ground) =>
    ['text', 'text-2'].map((text) => [text, ground, TEXT] as const),
  ),
  ...['surface', 'surface-2'].map((ground) => ['text-3', ground, TEXT] as const),
  ...['accent', 'ok', 'warn', 'fault', 'info'].flatMap((tone) => [
    [tone, 'surface', TEXT] as const,
    [tone, `${tone}-soft`, TEXT] as const,
  ]),
  ['on-accent', 'accent', TEXT],
  ['on-accent', 'accent-hover', TEXT],
  ...['line-strong', 'focus', 'st-run', ...[1, 2, 3, 4, 5, 6, 7, 8].map((k) => `s${k}`)].map(
    (paint) => [paint, 'surface', GRAPHICS] as const,
  ),
];

test('there are three themes, and each sets every colour that another sets', () => {
  expect(themes.map(({ name }) => name)).toEqual(['light', 'dark', 'contrast']);
  for (const { name, colours } of themes)
    expect([...colours.keys()].sort(), name).toEqual([...themes[0].colours.keys()].sort());
});

test('high contrast: texts reach 7:1, lines 3:1, on every ground', () => {
  const { colours } = themes.find(({ name }) => name === 'contrast')!;
  const grounds = ['bg', 'surface', 'surface-2', 'surface-3'].map((name) => colours.get(name)!);
  const least = (paint: string) => Math.min(...grounds.map((ground) => contrast(colours.get(paint)!, ground)));
  for (const text of ['text', 'text-2', 'text-3', 'accent', 'ok', 'warn', 'fault', 'info']) {
    expect(least(text), text).toBeGreaterThanOrEqual(7);
  }
  for (const line of ['line', 'line-strong', 'focus', 'warn-fill', 'fault-fill', 'st-run', 'st-idle', 'st-off']) {
    expect(least(line), line).toBeGreaterThanOrEqual(3);
  }
});

test.each(themes)('$name: texts and graphics stand out from their grounds', ({ colours }) => {
  for (const [paint, ground, least] of PAIRS) {
    const reached = contrast(colours.get(paint)!, colours.get(ground)!);
    expect(reached, `${paint} on ${ground}`).toBeGreaterThanOrEqual(least);
  }
});
