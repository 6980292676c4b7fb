import { spawn, spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

export interface Program {
  /** What it printed so far. */
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  readonly stop: () => void;
}

export const isInstalled = (name: string): boolean => spawnSync('which', [name]).status === 0;

/** Runs a program to its end: its exit code and what it printed. */
export function runToEnd(name: string, args: readonly string[]): { code: number | null; output: string } {
  const { status, stdout } = spawnSync(name, args, { encoding: 'utf8' });
  return { code: status, output: stdout };
}

/** Runs a program of the system; it is stopped when the test is over. */
export function run(name: string, args: readonly string[]): Program {
  const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const take = (chunk: Buffer) => void (output += chunk.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stop = () => void child.kill();
  onTestFinished(stop);
  return { output: () => output, ended, stop };
}
