import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { AppError } from '#server/errors.ts';
import { openSqlite } from './sqlite.ts';

/** The folder with everything that must survive. One server uses it at a time. */
export interface DataFolder {
  readonly path: string;
  /** 256 bits from which keys and draws are made. */
  readonly secret: Buffer;
  readonly release: () => void;
}

/** Makes the folder if need be, claims it for this process, and reads or makes the server's secret. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const release = await claim(path);
    return { path, secret: secretIn(path), release };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'data_folder_not_writable',
      `The data folder ${path} cannot be written: ${why}.`,
      'Make it writable for this user, or name another one with VERKSTAD_DATA_DIR.',
    );
  }
}

/** Node's own `recursive` never comes back where a parent refuses with ENOENT, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** A lock of the operating system, held by an open transaction on an empty database: it falls when the process dies. */
async function claim(path: string): Promise<() => void> {
  const lock = await openSqlite(join(path, 'lock.sqlite'), 0);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!/locked|busy/i.test(String(error))) throw error;
    throw new AppError(
      'data_folder_in_use',
      `Another Verkstad server is using the data folder ${path}.`,
      'Stop that one first, or name another folder with VERKSTAD_DATA_DIR.',
    );
  }
  let isHeld = true;
  return () => {
    if (isHeld) lock.close();
    isHeld = false;
  };
}

function secretIn(path: string): Buffer {
  const file = join(path, 'secret');
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (secret.length === 32) return secret;
  throw new AppError(
    'secret_damaged',
    `${file} does not hold a secret of 64 hexadecimal digits.`,
    'Restore it from a backup; with a new one every key changes.',
  );
}
