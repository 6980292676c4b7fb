import { readdirSync, readFileSync } from 'node:fs';
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

interface Written {
  readonly selector: string;
  readonly text: string;
  readonly ground: string | undefined;
}

/** Every text colour that a stylesheet sets, with the ground that the same rule sets. */
function writtenIn(sheet: string): Written[] {
  const rules = sheet.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g);
  return [...rules].flatMap(([, selector, body]) => {
    const text = /(?:^|[;\s])color:\s*var\(--([\w-]+)\)/.exec(body)?.[1];
    const ground = /(?:^|[;\s])background(?:-color)?:\s*var\(--([\w-]+)\)\s*(?:;|$)/.exec(body)?.[1];
    return text === undefined ? [] : [{ selector: selector.trim(), text, ground }];
  });
}

const WEB = new URL('../../../web/src/', import.meta.url);
const written = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .flatMap((name) => writtenIn(readFileSync(new URL(name, WEB), 'utf8')));
/** Texts without a ground of their own stand on a surface. */
const ON_SURFACES = new Set(['text', 'text-2', 'text-3', 'accent', 'accent-hover', 'ok', 'warn', 'fault', 'info']);
/** Not texts: marks beside a word, which need 3:1. */
const MARKS = new Set(['line-strong', 'st-run', 'st-idle', 'st-off', 'fault-fill', 'warn-fill']);

test.each(themes)('$name: every text that a stylesheet writes on a ground can be read there', ({ colours }) => {
  expect(written.length).toBeGreaterThan(50);
  const faint = written.flatMap(({ selector, text, ground = 'surface' }) => {
    const reached = contrast(colours.get(text) ?? '#000000', colours.get(ground) ?? '#000000');
    const least = MARKS.has(text) ? GRAPHICS : TEXT;
    return reached < least ? [`${selector}: ${text} on ${ground} is ${reached.toFixed(2)}`] : [];
  });
  expect(faint).toEqual([]);
});

test('a text without a ground of its own has a colour that is made for surfaces', () => {
  const strange = written.filter(({ text, ground }) => !ground && !ON_SURFACES.has(text) && !MARKS.has(text));
  expect(strange).toEqual([]);
});

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
