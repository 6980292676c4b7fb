import type { Lab } from '../lab.ts';
import type { TimedPlays } from './proof-worker.ts';
import { type Proof, proofOf } from './prove-lab.ts';

/** A proof, how it was made, and the seconds of its plays, each by the wall. */
export interface MadeProof extends Proof {
  readonly how: 'commands' | 'sockets';
  readonly seconds: number;
}

/** What all plays of a lab together show. It is told at once in one line: the whole takes minutes. */
export function madeProof(lab: Lab, all: readonly TimedPlays[], how: MadeProof['how']): MadeProof {
  const proof = proofOf(
    lab,
    all.map(({ plays }) => plays),
  );
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0);
  const { honest, problems } = proof;
  const found = `${honest.right} of ${honest.of} full, ${problems.length} problems`;
  console.error(`${lab.id} by ${how}: ${found}, ${seconds.toFixed(0)} s`);
  return { ...proof, how, seconds };
}
