import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataFolder, openDataFolder } from '#server/store/data-folder.ts';
import { temporaryFolder } from '#test/support/host-for-test.ts';

let folder: ReturnType<typeof temporaryFolder>;
const open: DataFolder[] = [];

async function openFolder(path: string): Promise<DataFolder> {
  const made = await openDataFolder(path);
  open.push(made);
  return made;
}

beforeEach(() => (folder = temporaryFolder()));
afterEach(() => {
  for (const one of open.splice(0)) one.release();
  folder.remove();
});

test('a new folder gets a secret that only its owner can read, and keeps it', async () => {
  const path = join(folder.path, 'deep', 'data');
  const first = await openFolder(path);
  expect(first.secret).toHaveLength(32);
  expect(statSync(join(path, 'secret')).mode & 0o777).toBe(0o600);
  first.release();
  expect((await openFolder(path)).secret).toEqual(first.secret);
});

test('a second server on the same folder is refused, and the folder is free once the first has gone', async () => {
  const first = await openFolder(folder.path);
  await expect(openFolder(folder.path)).rejects.toMatchObject({
    code: 'data_folder_in_use',
    hint: expect.stringContaining('VERKSTAD_DATA_DIR') as unknown,
  });
  first.release();
  await openFolder(folder.path);
});

test('a folder that cannot be written is named, with the setting to change', async () => {
  writeFileSync(join(folder.path, 'file'), '');
  await expect(openFolder(join(folder.path, 'file', 'data'))).rejects.toMatchObject({
    code: 'data_folder_not_writable',
    message: expect.stringContaining(folder.path) as unknown,
    hint: expect.stringContaining('VERKSTAD_DATA_DIR') as unknown,
  });
});

test.runIf(existsSync('/proc/self'))('a folder where nothing can be made is refused at once', async () => {
  await expect(openFolder('/proc/verkstad/data')).rejects.toMatchObject({ code: 'data_folder_not_writable' });
});

test.runIf(existsSync('/proc/self/task'))('a folder that is there and cannot be written is refused too', async () => {
  await expect(openFolder('/proc/self/task')).rejects.toMatchObject({
    code: 'data_folder_not_writable',
    message: expect.stringContaining('/proc/self/task') as unknown,
  });
});

test('a damaged secret is not replaced in silence', async () => {
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(join(folder.path, 'secret'), 'abc\n');
  await expect(openFolder(folder.path)).rejects.toMatchObject({ code: 'secret_damaged' });
  expect(readFileSync(join(folder.path, 'secret'), 'utf8')).toBe('abc\n');
});
