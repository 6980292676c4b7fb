import { SECOND } from '#simulator/kernel/time.ts';
import { PRIORITIES } from './alarm-plan.ts';
import type { Alarm } from './alarm.ts';

/**
 * All that is known of the alarms that are there, with the numbers by which events name them; lengths of time in seconds
 * of plant time. `quality` is that of the signal when the alarm last looked.
 */
export const describeAlarms = (alarms: readonly Alarm[]): Record<string, unknown>[] =>
  alarms.flatMap((alarm, k) => {
    if (!alarm.isThere) return [];
    const { plan, state, shelvedUntilUs } = alarm;
    const { limit, deadband, onDelayUs, offDelayUs, priority, enabled } = alarm.settings;
    return {
      ...{ number: k + 1, id: plan.id, signal: plan.signal, kind: plan.kind, state, enabled, limit, deadband },
      ...{ onDelayS: onDelayUs / SECOND, offDelayS: offDelayUs / SECOND, priority: PRIORITIES[priority] },
      ...{ class: plan.class, consequence: plan.consequence, raised: alarm.raised },
      ...(plan.setpoint !== undefined && { setpoint: plan.setpoint }),
      ...(plan.suppressedIf !== undefined && { suppressedIf: plan.suppressedIf }),
      ...(shelvedUntilUs > 0 && { shelvedUntilS: shelvedUntilUs / SECOND }),
      ...{ confirmed: alarm.isConfirmed === 1, latching: alarm.latching === 1, created: !alarm.isOfDefinition },
      ...{ maxShelfS: alarm.maxShelfUs / SECOND, quality: alarm.isUnsure === 1 ? 'Bad' : 'Good' },
    };
  });
