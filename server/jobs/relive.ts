import { LRUCache } from 'lru-cache';
import type { DefinitionInput } from '#simulator/cell/definition.ts';
import type { Cell } from '#simulator/cell/cell.ts';
import { resumeCell } from '#simulator/cell/create-cell.ts';
import { Model } from '#simulator/cell/model.ts';
import { type Life, MODELS_KEPT } from './job.ts';

/** Models by the hash of their definition, the most recently used. */
export class Models {
  private readonly kept = new LRUCache<string, Model>({ max: MODELS_KEPT });

  /** `json` is needed if the model is not there yet. */
  get(hash: string, json: string | undefined): Model {
    const model = this.kept.get(hash) ?? new Model(JSON.parse(json ?? missing(hash)) as DefinitionInput);
    this.kept.set(hash, model);
    return model;
  }
}

/** The cell of a life, as it was at the checkpoint. */
export function relive(model: Model, { seed, scenario, log, checkpoint }: Life): Cell {
  return resumeCell(model, { seed: BigInt(`0x${seed}`), scenario, log, checkpoint });
}

function missing(hash: string): never {
  throw new Error(`The definition ${hash} was not sent.`);
}
