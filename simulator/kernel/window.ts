import { field, type ObjectField, record, type Site, u32 } from './fields.ts';
import { Refusal } from './refusal.ts';

/** The last values of something, as many as there are places. */
export class Window extends record({ taken: u32() }) {
  private readonly valuesAt: number;

  constructor(
    site: Site,
    readonly places: number,
  ) {
    super(site);
    this.valuesAt = site.kernel.layout.take('f64', places, `${site.path}.values`);
  }

  push(value: number): void {
    this.f64[this.valuesAt + (this.taken % this.places)] = value;
    this.taken += 1;
  }

  get mean(): number {
    const length = Math.min(this.taken, this.places);
    let sum = 0;
    for (let k = 0; k < length; k++) sum += this.f64[this.valuesAt + k];
    return sum / length;
  }
}

export const window = (setting: string, fallback: number): ObjectField<Window> =>
  field((site) => {
    const places = site.settings.get(setting) ?? fallback;
    if (typeof places === 'number' && places >= 1 && places === Math.floor(places)) return new Window(site, places);
    throw new Refusal(
      `${site.settings.station} cannot keep ${JSON.stringify(places)} values.`,
      `Give "${setting}" a whole number above 0.`,
      'out_of_range',
    ).in(site.settings.station, setting);
  });
