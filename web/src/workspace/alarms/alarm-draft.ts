import { z } from 'zod';
import { numberIn } from '../../i18n/number-in.ts';
import type { AlarmView } from './use-alarms.ts';

export const KINDS = ['high', 'high-high', 'low', 'low-low', 'deviation', 'rate-of-change', 'off-normal'] as const;
export const ALARM_PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;

const text = z.string();
/** An alarm as it stands in the form. */
export const AlarmDraft = z
  .object({
    /** Set if it is there already: then only its settings change. */
    isKnown: z.boolean(),
    ...{ alarm: text, signal: text, kind: text, setpoint: text, limit: text, deadband: text, onDelay: text },
    ...{ offDelay: text, maxShelf: text, priority: text, latching: z.boolean(), enabled: z.boolean(), text },
  })
  .readonly();
export type AlarmDraft = z.infer<typeof AlarmDraft>;

export const NEW_ALARM: AlarmDraft = {
  ...{ isKnown: false, alarm: '', signal: '', kind: 'high', setpoint: '', limit: '', deadband: '0' },
  ...{
    onDelay: '10 s',
    offDelay: '10 s',
    maxShelf: '8 h',
    priority: 'medium',
    latching: false,
    enabled: true,
    text: '',
  },
};

const span = (seconds: number): string =>
  seconds > 0 && seconds % 3600 === 0
    ? `${seconds / 3600} h`
    : seconds > 0 && seconds % 60 === 0
      ? `${seconds / 60} min`
      : `${seconds} s`;

export const draftOf = (alarm: AlarmView, consequence: string): AlarmDraft => ({
  ...{ isKnown: true, alarm: alarm.id, signal: alarm.signal, kind: alarm.kind, setpoint: String(alarm.setpoint ?? '') },
  ...{ limit: String(alarm.limit), deadband: String(alarm.deadband), priority: alarm.priority, text: consequence },
  ...{ onDelay: span(alarm.onDelayS), offDelay: span(alarm.offDelayS), maxShelf: span(alarm.maxShelfS) },
  ...{ latching: alarm.latching, enabled: alarm.enabled },
});

/** A number as typed; what is none goes as it is, and the server says what is wrong with it. */
const numberOf = (typed: string): number | string => {
  const number = numberIn(typed);
  return Number.isNaN(number) ? typed.trim() : number;
};

/** What `Alarms.Create` or `Alarms.Configure` takes. */
export function orderOf(draft: AlarmDraft): { readonly target: string; readonly value: Record<string, unknown> } {
  const { isKnown, alarm, signal, kind, setpoint, priority, latching, enabled, text: consequence } = draft;
  const settings = {
    ...{ limit: numberOf(draft.limit), deadband: numberOf(draft.deadband), priority, latching, enabled },
    ...{ onDelay: draft.onDelay.trim(), offDelay: draft.offDelay.trim(), maxShelf: draft.maxShelf.trim() },
  };
  if (isKnown) return { target: 'Alarms.Configure', value: { alarm, ...settings } };
  return {
    target: 'Alarms.Create',
    value: {
      ...{ alarm: alarm.trim(), signal, kind, ...settings },
      ...(kind === 'deviation' && { setpoint: numberOf(setpoint) }),
      ...(consequence.trim() !== '' && { text: consequence.trim() }),
    },
  };
}
