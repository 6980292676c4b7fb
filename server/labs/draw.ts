import { createHmac } from 'node:crypto';
import type { DrawnValue, Facts } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import type { Variable } from './format/vars.ts';
import { sinceStart } from './plant-time.ts';

/** For whom something is drawn. Two that differ in anything share nothing. */
export interface DrawKey {
  readonly lab: string;
  readonly version: number;
  readonly participant: string;
  readonly attempt: number;
}

export type Drawn = Facts['drawn'];

/**
 * 256 bits of HMAC-SHA-256 over lab, version, participant, attempt, the count of draws and a name. Nothing that was drawn
 * tells anything about the secret or about another draw.
 */
function block(secret: Buffer, key: DrawKey, draw: number, name: string, n: number): Buffer {
  const message = JSON.stringify([key.lab, key.version, key.participant, key.attempt, draw, name, n]);
  return createHmac('sha256', secret).update(message).digest();
}

/** The seed of the attempt's cell: 64 bits, as 16 hexadecimal digits. Another candidate is another line as well. */
export const drawSeed = (secret: Buffer, key: DrawKey, draw: number, candidate = 0): string =>
  block(secret, key, draw, candidate === 0 ? '#seed' : `#seed #${candidate}`, 0)
    .subarray(0, 8)
    .toString('hex');

/** Seeds of hidden lines, of which nobody has seen anything. `draw` counts the times that they were drawn anew. */
export const drawHidden = (secret: Buffer, key: DrawKey, check: string, draw: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) =>
    block(secret, key, draw, `#hidden ${check}`, n).subarray(0, 8).toString('hex'),
  );

/**
 * Draws every variable, each by the count of draws of the step that draws it anew. Times are drawn as seconds since the
 * start of the cell, which stands at `startUs` of the week. Where a draw is not fair, the next candidate is drawn.
 */
export function drawAll(
  secret: Buffer,
  key: DrawKey,
  vars: Readonly<Record<string, Variable>>,
  startUs: number,
  drawOf: (step: string) => number,
  candidate = 0,
): Drawn {
  return Object.fromEntries(
    Object.entries(vars).map(([name, variable]) => {
      const draw = variable.redraw === undefined ? 0 : drawOf(variable.redraw);
      let n = 0;
      const own = candidate === 0 ? name : `${name} #${candidate}`;
      const next = () => fraction(block(secret, key, draw, own, n++));
      return [name, drawOne(variable, startUs, next)];
    }),
  );
}

/** Uniform in [0, 1), 53 bits. */
const fraction = (bytes: Buffer): number => Number(bytes.readBigUInt64BE(0) >> 11n) / 2 ** 53;

function drawOne(variable: Variable, startUs: number, next: () => number): DrawnValue {
  if ('oneOf' in variable) return variable.oneOf[Math.floor(next() * variable.oneOf.length)];
  if ('someOf' in variable) {
    const left = [...variable.someOf];
    return Array.from({ length: variable.count }, () => left.splice(Math.floor(next() * left.length), 1)[0]);
  }
  if ('time' in variable) {
    const fromS = sinceStart(variable.from, startUs) / SECOND;
    return between(
      fromS,
      fromS + (variable.to - variable.from) / SECOND,
      variable.step && variable.step / SECOND,
      next,
    );
  }
  const { from, to, step } = variable;
  return between(from, to, step, next);
}

function between(from: number, to: number, step: number | undefined, next: () => number): number {
  if (step === undefined) return from + next() * (to - from);
  const n = Math.floor(next() * (Math.round((to - from) / step) + 1));
  // Whole multiples without the dust of binary fractions: 0.1 + 2 x 0.1 is 0.3.
  return Number((from + n * step).toFixed(12));
}
