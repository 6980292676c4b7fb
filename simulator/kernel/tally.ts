import { field, type ObjectField, type Site } from './fields.ts';
import { openU32 } from './memory.ts';

/** Counts by a small number, such as scrap by cause. */
export class Tally {
  private readonly at: number;

  constructor(
    { kernel, path }: Site,
    private readonly places: number,
  ) {
    this.at = kernel.layout.take('u32', places, path);
  }

  add(which: number): void {
    openU32[this.at + which] += 1;
  }

  of(which: number): number {
    return openU32[this.at + which];
  }

  get total(): number {
    let sum = 0;
    for (let k = 0; k < this.places; k++) sum += this.of(k);
    return sum;
  }
}

export const tally = (places: number): ObjectField<Tally> => field((site) => new Tally(site, places));
