import type { Key } from '../../i18n/catalogue.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { AlarmView } from './use-alarms.ts';

/** States in the order in which someone should look at them, with a word and a look. */
export const GROUPS = [
  { states: [2, 8], word: 'alarms.unacknowledged', look: 'fault' },
  { states: [3, 9], word: 'alarms.acknowledged', look: 'warn' },
  { states: [4], word: 'alarms.returned', look: 'info' },
  { states: [5], word: 'alarms.shelved', look: '' },
  { states: [6], word: 'alarms.suppressed', look: '' },
  { states: [1], word: 'alarms.normal', look: '' },
  { states: [7], word: 'alarms.outOfService', look: '' },
] as const satisfies readonly { states: readonly number[]; word: Key; look: string }[];

/** Shape and colour of a priority (ISA-18.2, 11.5; ISA-101, 5.2.2: never by colour alone). */
const PRIORITIES = {
  urgent: { shape: 'M6 .5 11.5 6 6 11.5.5 6z', colour: 'var(--fault-fill)', mark: '1' },
  high: { shape: 'M6 1l5.5 10h-11z', colour: 'var(--warn-fill)', mark: '2' },
  medium: { shape: 'M1 1.5h10v9H1z', colour: 'var(--info)', mark: '3' },
  low: { shape: 'M6 1.2a4.8 4.8 0 1 0 .01 0z', colour: 'var(--st-idle)', mark: '4' },
} as const;

/** A priority by shape, colour and word; quiet where the alarm is not active. */
export function PriorityMark({
  priority,
  isLoud,
}: {
  readonly priority: AlarmView['priority'];
  readonly isLoud: boolean;
}) {
  const { t } = useWords();
  const { shape, colour } = PRIORITIES[priority];
  return (
    <span className="alarm-priority">
      <svg width="13" height="13" viewBox="0 0 12 12" aria-hidden="true">
        <path
          d={shape}
          fill={isLoud ? colour : 'none'}
          stroke={isLoud ? 'var(--text)' : 'var(--text-2)'}
          strokeWidth="0.9"
        />
      </svg>
      {t(`alarms.${priority}`)}
    </span>
  );
}
