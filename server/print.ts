/* eslint no-console: off -- this is what the others use instead. */
/** What a command has to say, a line on standard output; libraries, which print too, are led away from there. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** From now on what libraries print by themselves goes to standard error: an answer stays one that programs can read. */
export function leadLibrariesAway(): void {
  console.log = console.error;
  console.info = console.error;
}
