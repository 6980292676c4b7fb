import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Store, openStore } from '#server/store/open-store.ts';
import { bindable } from '#server/store/sqlite.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore(folder.path);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const add = (hash: string) =>
  store.commits.write(undefined, (tx) => tx.insertInto('definitions').values({ hash, json: '{}' }).execute());

test('many writes are committed together, in their order', async () => {
  const done: number[] = [];
  const writes = Array.from({ length: 200 }, (_, n) => add(`h${n}`).then(() => void done.push(n)));
  expect(await store.db.selectFrom('definitions').selectAll().execute()).toEqual([]);
  await Promise.all(writes);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(await store.db.selectFrom('definitions').selectAll().execute()).toHaveLength(200);
});

test('a write that fails takes no other with it', async () => {
  const outcomes = await Promise.allSettled([add('a'), add('b'), add('a'), add('c')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  const rows = await store.db.selectFrom('definitions').select('hash').orderBy('hash').execute();
  expect(rows.map(({ hash }) => hash)).toEqual(['a', 'b', 'c']);
});

test('what may wait comes along with what may not, and a flush brings everything', async () => {
  let isThere = false;
  const lazy = store.commits
    .writeSoon(undefined, (tx) => tx.insertInto('definitions').values({ hash: 'lazy', json: '{}' }).execute())
    .then(() => (isThere = true));
  await add('prompt');
  expect(isThere).toBe(true);
  await lazy;
  const soon = store.commits.writeSoon(undefined, (tx) =>
    tx.insertInto('definitions').values({ hash: 'soon', json: '{}' }).execute(),
  );
  await store.commits.flush();
  await soon;
  expect(await store.db.selectFrom('definitions').selectAll().execute()).toHaveLength(3);
});

test('only what every driver can store reaches it', () => {
  expect([bindable(true), bindable(false), bindable(null), bindable('x'), bindable(1.5), bindable(2n)]).toEqual([
    ...[1, 0, null, 'x', 1.5, 2n],
  ]);
  for (const value of [undefined, new Date(), {}, [], () => 0])
    expect(() => bindable(value)).toThrow(/cannot be stored/);
});

test('the database writes ahead and waits for the disk', async () => {
  const { rows: mode } = await store.db.executeQuery<{ journal_mode: string }>(raw('pragma journal_mode'));
  const { rows: synchronous } = await store.db.executeQuery<{ synchronous: number }>(raw('pragma synchronous'));
  expect([mode[0].journal_mode, synchronous[0].synchronous]).toEqual(['wal', 2]);
});

test('a database is opened again as it was left', async () => {
  await add('kept');
  await store.close();
  store = await openStore(folder.path);
  expect(await store.db.selectFrom('definitions').selectAll().execute()).toEqual([{ hash: 'kept', json: '{}' }]);
});

const raw = (text: string) => sql.raw(text).compile(store.db);
