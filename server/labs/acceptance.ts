import { createLines } from './attempt-lines.ts';
import { scenarioOf } from './attempt-host.ts';
import { isFairDraw } from './judge/judge-order.ts';
import { NotYet } from './judge/expression/value.ts';
import type { Lab } from './lab.ts';
import type { LabShelf } from './shelf.ts';

/** How many draws a lab's `where` lets through, and how often each condition on its own does. */
export interface Acceptance {
  readonly draws: number;
  readonly fair: number;
  /** In the order of `where`. */
  readonly each: readonly number[];
}

/** Draws as participants would get them, on lines that nobody touches. Undefined for a lab without conditions. */
export function acceptanceOf(lab: Lab, { models }: Pick<LabShelf, 'models'>, draws: number): Acceptance | undefined {
  if (lab.where.length === 0) return undefined;
  const lines = createLines({ isFair: async () => true }, Buffer.from('lint'));
  const passes = Array.from({ length: draws }, (_, k) => {
    const attempt = {
      id: '',
      participant: `p-${k}`,
      lab: lab.id,
      labVersion: lab.version,
      number: 1,
      startedMs: 0,
      cell: '',
    };
    const order = lines.order(lab, attempt, {});
    const drawn = lines.draw(lab, attempt, {});
    const model = models(order.base, order.set);
    const line = { seed: order.seed, scenario: scenarioOf(order) };
    return lab.where.map((condition) => {
      const asked = { drawn, names: lab.names, where: [condition], horizonUs: lab.cell.horizon };
      return holds(() => isFairDraw(model, line, asked));
    });
  });
  return {
    draws,
    fair: passes.filter((all) => all.every(Boolean)).length,
    each: lab.where.map((_, k) => passes.filter((all) => all[k]).length),
  };
}

/** `quality/spc-shift: 24 of 40 draws are fair (60 %)`, and each condition that lets less than all through. */
export function showAcceptance(lab: Lab, { draws, fair, each }: Acceptance): string {
  const percent = (count: number) => `${Math.round((100 * count) / draws)} %`;
  const rows = lab.where.flatMap((condition, k) =>
    each[k] === draws ? [] : [`  ${percent(each[k])} fulfil ${condition.replace(/\s+/g, ' ')}`],
  );
  return [`${lab.id}: ${fair} of ${draws} draws are fair (${percent(fair)})`, ...rows].join('\n');
}

/** A condition over a time that never comes holds on no line. */
function holds(ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
    return false;
  }
}
