import type { Fields, ObjectField } from '#simulator/kernel/fields.ts';
import { controlCommands } from './control-commands.ts';
import type { Signal } from './signal.ts';
import { type Self, type StationSpec, type StationType, stationType } from './station-type.ts';
import type { WorkCycle } from './work-cycle.ts';

type WithCycle = Readonly<Record<'cycle', ObjectField<WorkCycle>>>;

/**
 * A station whose work is a cycle: it begins with it, follows its parameters, and obeys as every unit does.
 * @param shown what all stations of this family show, before the signals of the kind.
 */
export function cycleStation<C extends WithCycle>(
  name: string,
  common: C,
  spec: Omit<StationSpec<Fields>, 'offer' | 'room'>,
  shown: (self: Self<C & Fields>) => readonly Signal[],
): StationType {
  const { start, changed, commands, signals, ...more } = spec as Omit<StationSpec<WithCycle & Fields>, 'fields'>;
  const fields: WithCycle & Fields = { ...common, ...spec.fields };
  return stationType(name, {
    ...more,
    fields,
    start(s, t) {
      s.cycle.start(t);
      start?.(s, t);
    },
    changed(s, t) {
      s.cycle.adjust(t);
      changed?.(s, t);
    },
    commands: { ...controlCommands((s: Self<WithCycle>) => s.cycle.control), ...commands },
    signals: (s) => [...shown(s as unknown as Self<C & Fields>), ...(signals?.(s) ?? [])],
  });
}
