import type { Happening } from '#simulator/kernel/journal.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { type AlarmFacts, alarmIn } from '#simulator/rules/alarm-facts.ts';

/** Something that happened, told from all else that did: the same in the cell as it runs and in every replay. */
export interface Occurrence extends Happening {
  /** How many there were before with the same time, event and value. */
  readonly n: number;
  /** The alarm that it is about, as it was then. */
  readonly alarm?: AlarmFacts;
}

/** A listener of a cell that tells occurrences. It must hear all that happens at an instant. */
export function occurrencesOf(plant: Plant, tell: (occurrence: Occurrence) => void): (happening: Happening) => void {
  let atUs = -1;
  const counts = new Map<string, number>();
  return (happening) => {
    const { t, event, value } = happening;
    if (t !== atUs) counts.clear();
    atUs = t;
    const what = `${event} ${value}`;
    const n = counts.get(what) ?? 0;
    counts.set(what, n + 1);
    const alarm = alarmIn(plant, event, value);
    tell({ ...happening, n, ...(alarm && { alarm }) });
  };
}
