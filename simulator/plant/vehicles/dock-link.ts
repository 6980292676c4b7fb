import type { ObjectField } from '#simulator/kernel/fields.ts';
import { findName } from '#simulator/plant/names.ts';
import { plantField } from '#simulator/plant/station.ts';

/** What vehicles are asked for: bring castings or returned cores to the store, fetch cartons from packaging. */
export const Mission = { None: 0, Castings: 1, Cores: 2, Cartons: 3 } as const;

/** Where vehicles come from. */
export interface Dock {
  /** Notes the wish unless it is noted already. */
  ask(mission: number, t: number): void;
}

/** The dock that a station names; without one nobody comes. */
export class DockLink implements Dock {
  target: Dock | undefined;

  ask(mission: number, t: number): void {
    this.target?.ask(mission, t);
  }
}

export const dockLink = (): ObjectField<DockLink> =>
  plantField(({ plant, settings, name }) => {
    const link = new DockLink();
    const wanted = findName(settings, name);
    if (wanted === undefined) return link;
    plant.whenComplete(() => {
      const { self } = plant.getStation(wanted, 'agv-dock');
      link.target = (self as { fleet: Dock }).fleet;
    });
    return link;
  });
