import type { Plant } from '#simulator/plant/plant.ts';
import type { Text } from '#simulator/plant/signal.ts';
import type { AlarmKind } from './alarm-plan.ts';
import type { Alarm } from './alarm.ts';
import { alarmListsOf } from './alarms.ts';

/** All that a door shows of an alarm, at one instant. Times are plant time in microseconds. */
export interface AlarmFacts {
  /** Station that holds it, and its name there: `Alarms.SpindleHot`. */
  readonly path: string;
  readonly signal: string;
  readonly kind: AlarmKind;
  /** See `AlarmState`. */
  readonly state: number;
  readonly isConfirmed: boolean;
  readonly isOneShot: boolean;
  readonly isLatching: boolean;
  /** Whether its signal had no usable value when it last looked. */
  readonly isUnsure: boolean;
  readonly limit: number;
  readonly deadband: number;
  readonly onDelayUs: number;
  readonly offDelayUs: number;
  /** Place in `PRIORITIES`. */
  readonly priority: number;
  readonly setpoint: number | string | undefined;
  readonly consequence: Text;
  readonly shelvedUntilUs: number;
  readonly maxShelfUs: number;
  /** Number of the command that created it, 0 if it is of the definition: tells alarms of one name apart. */
  readonly source: number;
  /** The log of the cell has the newest comment at that instant; Infinity if there is none. */
  readonly commentedUs: number;
  /** How often something was told of it so far, and when the last time. */
  readonly changes: number;
  readonly changedUs: number;
}

/** The alarms of the cell whose slab is open. */
export const alarmFacts = (plant: Plant): AlarmFacts[] =>
  alarmListsOf(plant).flatMap(({ path, alarms }) =>
    alarms.flatMap((alarm) => (alarm.isThere ? factsOf(path, alarm) : [])),
  );

/** The alarm that a happening such as `Alarms.AlarmRaised` is about. To be asked while it is being told. */
export function alarmIn(plant: Plant, event: string, number: number): AlarmFacts | undefined {
  const station = event.slice(0, event.lastIndexOf('.'));
  if (!event.startsWith(`${station}.Alarm`)) return undefined;
  const list = alarmListsOf(plant).find(({ path }) => path === station);
  const alarm = list?.alarms[number - 1];
  return alarm?.isThere ? factsOf(station, alarm) : undefined;
}

function factsOf(station: string, alarm: Alarm): AlarmFacts {
  const { plan, settings, state, source, shelvedUntilUs, commentedUs, changes, changedUs } = alarm;
  const { id, signal, kind, setpoint, consequence } = plan;
  return {
    ...{ path: `${station}.${id}`, signal, kind, setpoint, consequence, ...settings },
    ...{ state, isConfirmed: alarm.isConfirmed === 1, isOneShot: alarm.oneShot > 0 },
    ...{
      isLatching: settings.latching,
      isUnsure: alarm.isUnsure === 1,
      source,
      shelvedUntilUs,
      commentedUs,
      changes,
      changedUs,
    },
  };
}
