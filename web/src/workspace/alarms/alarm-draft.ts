import type { AlarmView } from './use-alarms.ts';

export const KINDS = ['high', 'high-high', 'low', 'low-low', 'deviation', 'rate-of-change', 'off-normal'] as const;
export const ALARM_PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;

/** An alarm as it stands in the form. */
export interface AlarmDraft {
  /** Set if it is there already: then only its settings change. */
  readonly isKnown: boolean;
  readonly alarm: string;
  readonly signal: string;
  readonly kind: string;
  readonly setpoint: string;
  readonly limit: string;
  readonly deadband: string;
  readonly onDelay: string;
  readonly offDelay: string;
  readonly maxShelf: string;
  readonly priority: string;
  readonly latching: boolean;
  readonly enabled: boolean;
  readonly text: string;
}

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

export const draftOf = (alarm: AlarmView, text: string): AlarmDraft => ({
  ...{ isKnown: true, alarm: alarm.id, signal: alarm.signal, kind: alarm.kind, setpoint: String(alarm.setpoint ?? '') },
  ...{ limit: String(alarm.limit), deadband: String(alarm.deadband), priority: alarm.priority, text },
  ...{ onDelay: span(alarm.onDelayS), offDelay: span(alarm.offDelayS), maxShelf: span(alarm.maxShelfS) },
  ...{ latching: alarm.latching, enabled: alarm.enabled },
});

/** A number as typed; what is none goes as it is, and the server says what is wrong with it. */
const numberOf = (text: string): number | string => {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(number) ? text.trim() : number;
};

/** What `Alarms.Create` or `Alarms.Configure` takes. */
export function orderOf(draft: AlarmDraft): { readonly target: string; readonly value: Record<string, unknown> } {
  const { isKnown, alarm, signal, kind, setpoint, priority, latching, enabled, text } = draft;
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
      ...(text.trim() !== '' && { text: text.trim() }),
    },
  };
}
