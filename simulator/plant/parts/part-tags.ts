import { field, type ObjectField, record, type Site } from '#simulator/kernel/fields.ts';
import type { PlantSite } from '#simulator/plant/station.ts';

/** One small number, 0 to 255, of every part in the plant: for what needs no fraction, an eighth of the place of a feature. */
export class PartTags extends record({}) {
  private readonly tagsAt: number;

  constructor(site: Site, places: number) {
    super(site);
    this.tagsAt = site.kernel.layout.take('u8', places + 1, `${site.path}.tags`);
  }

  of(part: number): number {
    return this.u8[this.tagsAt + part];
  }

  set(part: number, tag: number): void {
    this.u8[this.tagsAt + part] = tag;
  }
}

export const partTags = (): ObjectField<PartTags> =>
  field((site) => new PartTags(site, (site as PlantSite).plant.parts.places));
