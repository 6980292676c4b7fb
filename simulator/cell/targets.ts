import type { ParameterShape } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { type CommandArgument, withValue } from '#simulator/plant/command-argument.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import type { Text } from '#simulator/plant/signal.ts';
import type { Station } from '#simulator/plant/station.ts';
import { agreementsOf, setInAgreement } from './agreements.ts';

/** Something that a command may address: a command of a station (`ST03.Hold`) or a parameter (`ST03.Program.Speed`). */
export interface Target {
  /** Its name on every door. */
  readonly path: string;
  readonly station: string;
  readonly text: Text;
  /** Only a scenario may address it. */
  readonly hidden: boolean;
  /** Set if it is a parameter that is shown. */
  readonly shape?: ParameterShape;
  /** The value that a command wants. */
  readonly wants?: CommandArgument;
  /** Acts on the open slab, or throws a Refusal and changes nothing. */
  obey(t: number, value: unknown, unit: string | undefined): void;
  /** The present value of a parameter in the open slab. */
  read?(): unknown;
}

/** All targets of a plant by path. */
export function targetsOf({ kernel, stations }: Plant): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const station of stations.values()) {
    for (const [name, { text, hidden, wants, obey }] of station.commands) {
      const path = `${station.path}.${name}`;
      const argument = wants();
      targets.set(path, {
        path,
        station: station.path,
        text,
        hidden,
        ...(argument && { wants: argument }),
        obey(t, value, unit) {
          refuseUnit(path, undefined, unit);
          withValue(argument, value, () => obey(t, value));
          station.touch.mark(t);
        },
      });
    }
  }
  const agreements = agreementsOf(kernel.parameters);
  for (const [path, parameter] of kernel.parameters) {
    const { station: id, shape, read } = parameter;
    const own = agreements.filter(({ low, high }) => low.path === path || high.path === path);
    const station = stations.get(id);
    if (station === undefined) continue;
    targets.set(path, {
      path,
      station: id,
      text: shape?.text ?? { en: path, sv: path },
      hidden: shape === undefined,
      ...(shape && { shape }),
      obey(t, value, unit) {
        refuseUnit(path, shape, unit);
        setInAgreement(path, parameter, own, value);
        changed(station, t);
      },
      read,
    });
  }
  return targets;
}

function refuseUnit(path: string, shape: ParameterShape | undefined, unit: string | undefined): void {
  const wanted = shape?.unit ?? '';
  if (unit === undefined || unit === wanted) return;
  const hint = wanted === '' ? 'Leave the unit out.' : `Give it in "${wanted}".`;
  throw new Refusal(`${path} is not in "${unit}".`, hint, 'wrong_unit');
}

function changed({ type, self, touch }: Station, t: number): void {
  type.changed(self, t);
  touch.mark(t);
}
