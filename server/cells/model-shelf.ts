import { LRUCache } from 'lru-cache';
import type { Model } from '#simulator/cell/model.ts';

/** Models that stay although no cell is made of them at the moment. */
const RESTING = 16;

/**
 * Models by the hash of their definition. One that a cell is made of is found for as long as that cell lives; of the
 * others the most recently used stay. So a lab that draws its settings leaves nothing behind.
 */
export class ModelShelf {
  private readonly inUse = new Map<string, WeakRef<Model>>();
  private readonly resting = new LRUCache<string, Model>({ max: RESTING });
  private readonly gone = new FinalizationRegistry<string>((hash) => {
    if (this.inUse.get(hash)?.deref() === undefined) this.inUse.delete(hash);
  });

  find(hash: string): Model | undefined {
    const model = this.inUse.get(hash)?.deref();
    if (model) this.resting.set(hash, model);
    return model;
  }

  keep(hash: string, model: Model): void {
    this.inUse.set(hash, new WeakRef(model));
    this.gone.register(model, hash);
    this.resting.set(hash, model);
  }

  /** How many it holds, whether or not anything else does. */
  get held(): number {
    return this.resting.size;
  }
}
