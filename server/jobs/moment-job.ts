import type { Moment, MomentRequest } from '#contract/moment.ts';
import type { Model } from '#simulator/cell/model.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { clock } from '#simulator/kernel/time.ts';
import type { Life } from './job.ts';
import { relive } from './relive.ts';

/** All signals and all that moves, at an instant that has been. */
export function momentJob(model: Model, life: Life, { atUs }: MomentRequest): Moment {
  if (atUs > life.nowUs) {
    throw new Refusal(`${clock(atUs)} has not come yet.`, `It is ${clock(life.nowUs)}.`, 'out_of_range');
  }
  const cell = relive(model, life);
  cell.runUntil(atUs);
  const samples = model.signals.map((_, index) => cell.sample(index));
  return {
    atUs,
    values: samples.map(({ value, status }) => (status === 'BadNoCommunication' ? null : value)),
    tUs: samples.map(({ tUs }) => tUs),
    motion: cell.motion(),
  };
}
