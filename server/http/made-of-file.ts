import { readFileSync, statSync } from 'node:fs';

/**
 * What `make` makes of a file's text, made anew once it was written anew; undefined while there is none. Its time is looked
 * at whenever one asks, which takes microseconds.
 */
export function madeOfFile<Made>(file: string, make: (text: string) => Made): () => Made | undefined {
  let writtenMs: number | undefined;
  let made: Made | undefined;
  return () => {
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (mtimeMs !== writtenMs) {
      writtenMs = mtimeMs;
      made = mtimeMs === undefined ? undefined : make(readFileSync(file, 'utf8'));
    }
    return made;
  };
}
