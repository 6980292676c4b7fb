import type { StepResult } from '#contract/lab-view.ts';
import type { Actions } from '../format/solution.ts';
import type { Lab } from '../lab.ts';
import { act, type Playing } from './act.ts';
import type { Player } from './player.ts';
import { readShown } from './read-shown.ts';
import { SeenFacts } from './seen-facts.ts';

/** What somebody does otherwise than the solution: other actions for some steps, or more of them. */
export interface Wrong {
  readonly instead?: Actions;
  readonly after?: Actions;
}

/** Plays a lab step by step and checks each one. */
export async function solve(lab: Lab, player: Player, { instead = {}, after = {} }: Wrong = {}): Promise<StepResult[]> {
  const view = await player.start(lab.id);
  const playing: Playing = {
    ...{ lab, player, step: '', facts: new SeenFacts(player) },
    known: { shown: Object.fromEntries(readShown(lab, view)) },
  };
  const results: StepResult[] = [];
  for (const { id } of lab.steps) {
    const actions = [...(instead[id] ?? lab.solution[id] ?? []), ...(after[id] ?? [])];
    for (const action of actions) await act(action, { ...playing, step: id });
    results.push(await player.check(id));
  }
  return results;
}
