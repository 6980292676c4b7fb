import type { ObjectField } from '#simulator/kernel/fields.ts';
import { plantField } from './station.ts';

/*
 * Parts are pushed. Who holds a part offers it downstream; who is refused keeps it (blocking after service). Who gets
 * room says so upstream, and whoever waits there offers again. `offer` never calls upstream, so no part moves twice.
 */

/** A neighbour: a station, or a zone of a loop. */
export interface PartHolder {
  /** Takes the part, or returns false and changes nothing. */
  offer(part: number, t: number): boolean;
  /** Somebody downstream may take a part now. */
  room(t: number): void;
}

/** Where parts leave a station. The neighbours come from the definition, the preferred one first. */
export class Outlet {
  readonly neighbours: PartHolder[] = [];

  /** Hands the part to the first neighbour that takes it. */
  send(part: number, t: number): boolean {
    const { neighbours } = this;
    for (let k = 0; k < neighbours.length; k++) if (neighbours[k].offer(part, t)) return true;
    return false;
  }
}

/** Where parts enter a station. The neighbours come in the order of the definition, which is their priority. */
export class Inlet {
  readonly neighbours: PartHolder[] = [];

  /** Tells the neighbours that there is room. */
  pull(t: number): void {
    const { neighbours } = this;
    for (let k = 0; k < neighbours.length; k++) neighbours[k].room(t);
  }
}

export const outlet = (): ObjectField<Outlet> =>
  plantField(({ station, name }) => {
    const made = new Outlet();
    station.outlets.set(name, made);
    return made;
  });

export const inlet = (): ObjectField<Inlet> =>
  plantField(({ station }) => {
    const made = new Inlet();
    station.inlets.push(made);
    return made;
  });
