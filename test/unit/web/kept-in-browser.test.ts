import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { allKept, drop, keep } from '#web/live/kept-answers.ts';
import type * as Drafts from '#web/live/kept-drafts.ts';
import { choicesIn } from '#web/ui/stored-preferences.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 90 * DAY_MS;
/** What an older version, an extension or a hand may have left where JSON should stand. */
const BROKEN = ['', 'null', 'true', '7', '"text"', '[]', '[1,2]', '{', '{"text":', 'undefined', '\u0000'];

/** The storage of a browser, as far as what is kept there is asked of it. */
class StorageForTest {
  private readonly entries = new Map<string, string>();
  get length(): number {
    return this.entries.size;
  }
  readonly key = (n: number) => [...this.entries.keys()][n] ?? null;
  readonly getItem = (name: string) => this.entries.get(name) ?? null;
  readonly setItem = (name: string, text: string) => void this.entries.set(name, text);
  readonly removeItem = (name: string) => void this.entries.delete(name);
  get names(): string[] {
    return [...this.entries.keys()];
  }
}

const HERE = globalThis as { localStorage?: unknown; addEventListener?: unknown };
let storage: StorageForTest;
let drafts: typeof Drafts;

beforeAll(async () => {
  HERE.localStorage = new StorageForTest();
  HERE.addEventListener = () => undefined;
  drafts = await import('#web/live/kept-drafts.ts');
});
beforeEach(() => {
  storage = new StorageForTest();
  HERE.localStorage = storage;
});
// Node has neither of them.
afterAll(() => {
  delete HERE.localStorage;
  delete HERE.addEventListener;
});

test('of settings that are broken as a whole, none is taken', () => {
  for (const text of BROKEN) expect(choicesIn(text), text).toEqual({});
  expect(choicesIn(null)).toEqual({});
});

test('of settings that are broken in part, the others are taken', () => {
  const stored = {
    ...{ language: 'fi', theme: 'dark', shortcuts: 'no', timeline: 0, labels: false, calm: null },
    ...{ quality: 'ultra', textSize: ['large'], colour: 'red', constructor: 'x' },
  };
  expect(choicesIn(JSON.stringify(stored))).toEqual({ theme: 'dark', labels: false });
  expect(choicesIn('{"__proto__":{"theme":"dark"}}')).toEqual({});
});

test('an answer comes back as it was kept, and goes when it was sent', () => {
  const typed = { text: 'Fräsen väntar.\n"ST04"', typedMs: Date.now() };
  expect(keep('a1/find/why', typed)).toBe(true);
  expect([...allKept()]).toEqual([['a1/find/why', typed]]);
  drop('a1/find/why', { ...typed, typedMs: typed.typedMs - 1 });
  expect(allKept().size, 'what was typed later stays').toBe(1);
  drop('a1/find/why', typed);
  expect(storage.names).toEqual([]);
});

test('answers that cannot be read or sent are removed, and hide no other', () => {
  const typedMs = Date.now();
  const good = JSON.stringify({ text: 'kept', typedMs });
  BROKEN.forEach((text, n) => storage.setItem(`verkstad.answer/a1/find/broken${n}`, text));
  storage.setItem('verkstad.answer/a1/find/number', JSON.stringify({ text: 5, typedMs }));
  storage.setItem('verkstad.answer/a1/find/untimed', JSON.stringify({ text: 'x', typedMs: '5' }));
  storage.setItem('verkstad.answer/a1/find/old', JSON.stringify({ text: 'x', typedMs: typedMs - QUARTER_MS - DAY_MS }));
  for (const nowhere of ['', 'a1', 'a1/find', 'a1/find/', 'a1//why', '/find/why', 'a1/find/why/more']) {
    storage.setItem(`verkstad.answer/${nowhere}`, good);
  }
  storage.setItem('verkstad.answer/a1/find/why', good);
  storage.setItem('verkstad', '{"theme":"dark"}');
  expect([...allKept().keys()]).toEqual(['a1/find/why']);
  expect(storage.names).toEqual(['verkstad.answer/a1/find/why', 'verkstad']);
});

test('an answer for which there is no room is told of', () => {
  Object.assign(storage, {
    setItem() {
      throw new Error('QuotaExceededError');
    },
  });
  expect(keep('a1/find/why', { text: 'x', typedMs: 1 })).toBe(false);
  expect(drafts.keepDraft({ viewer: 'v', cell: 'c', name: 'rule' }, 'x')).toBe(false);
});

test('a draft comes back as it was typed, for its own viewer, line and form only', () => {
  const place = { viewer: 'v1', cell: 'c1', name: 'rule' };
  const value = { id: 'warm', when: 'ST03.Spindle.Load > 1', for: null };
  expect(drafts.keepDraft(place, value)).toBe(true);
  expect(drafts.findDraft(place)).toEqual(value);
  for (const other of [{ viewer: 'v2' }, { cell: 'c2' }, { name: 'alarm' }]) {
    expect(drafts.findDraft({ ...place, ...other })).toBeUndefined();
  }
  drafts.dropDraft(place);
  expect(storage.names).toEqual([]);
});

test('a draft that is broken is as if there were none', () => {
  const place = { viewer: 'v1', cell: 'c1', name: 'rule' };
  for (const text of [...BROKEN, '{"value":1}', '{"value":1,"typedMs":"5"}']) {
    storage.setItem('verkstad.draft/v1/c1/rule', text);
    expect(drafts.findDraft(place), text).toBeUndefined();
  }
});
