import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import { PUBLISHED } from '#server/labs/publication.ts';

/** Copies labs, or one of them, as if they had never been published: a test may alter them under the same version. */
export const copyLabs = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== PUBLISHED });

/** The same of the files of a lab that was read. */
export const unpublished = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== PUBLISHED));
