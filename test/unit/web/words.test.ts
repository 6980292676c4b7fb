import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en, sv } from '#web/i18n/catalogue.ts';
import { decimalsOf, duration, number } from '#web/i18n/format.ts';
import { numberIn } from '#web/i18n/number-in.ts';
import { words } from '#web/i18n/words.ts';

const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('each sentence has the same holes in both languages, and none is empty', () => {
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(holes(sv[key]), key).toEqual(holes(en[key]));
    expect(sv[key].trim(), key).not.toBe('');
  }
});

test('the same holds for the words that come with their screen', async () => {
  const folder = new URL('../../../web/src/i18n/words/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const family = (await import(new URL(file, folder).href)) as Record<'en' | 'sv', Record<string, string>>;
    expect(Object.keys(family.sv).sort(), file).toEqual(Object.keys(family.en).sort());
    for (const [key, text] of Object.entries(family.en)) {
      expect(holes(family.sv[key]), `${file}: ${key}`).toEqual(holes(text));
      expect(family.sv[key].trim(), `${file}: ${key}`).not.toBe('');
    }
  }
});

test('a sentence is filled', () => {
  expect(words('sv')('lab.progress', { done: 2, all: 5 })).toBe('2 av 5 steg klara');
});

test('numbers and durations follow the language', () => {
  expect(number(1234.5, 1, 'sv')).toBe('1\u202f234,5');
  expect(number(1234.5, 1, 'en')).toBe('1\u202f234.5');
  expect([999.5, -1234567, 0.5].map((value) => number(value, 0, 'en'))).toEqual([
    '1\u202f000',
    '\u22121\u202f234\u202f567',
    '1',
  ]);
  expect([-50, -0.04, -0].map((value) => number(value, 1, 'en'))).toEqual(['\u221250.0', '0.0', '0.0']);
  expect(number(-50, 1, 'sv')).toBe('\u221250,0');
  expect(duration(42, 'en')).toBe('42\u00a0s');
  expect(duration(3600, 'en')).toBe('1\u00a0h');
  expect(duration(7500, 'sv')).toBe('2\u00a0h 5\u00a0min');
});

test('a number that is copied from the page is read as what it is, in both languages', () => {
  for (const value of [-50, 0.25, -1234567.5])
    expect((['en', 'sv'] as const).map((language) => numberIn(number(value, 2, language)))).toEqual([value, value]);
  expect(['', ' ', '-', '1.2.3', '12 bar', 'Infinity', '0x10'].map(numberIn)).toEqual(Array(7).fill(NaN));
});

test('a resolution tells the decimals', () => {
  expect([1, 0.1, 0.01, 0.001, 5, 0.5].map(decimalsOf)).toEqual([0, 1, 2, 3, 0, 1]);
});
