import type { PaneSubscribe } from '#contract/opcua-pane.ts';
import { useId } from 'react';
import { useWords } from '../../i18n/use-words.ts';

/** The fields as typed. */
export interface Intervals {
  readonly sampling: string;
  readonly publishing: string;
  readonly queue: string;
}

/** Lowest and highest that the contract takes. */
const LIMITS = {
  publishing: [50, 60_000],
  sampling: [0, 60_000],
  queue: [1, 100],
} as const satisfies Record<keyof Intervals, readonly [number, number]>;

function read(name: keyof Intervals, text: string): number | undefined {
  const value = Number(text.trim() === '' ? NaN : text);
  const [low, high] = LIMITS[name];
  return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
}

/** The intervals in numbers; undefined while one of them is no number or out of range. */
export function readIntervals(typed: Intervals): Omit<PaneSubscribe, 'nodeIds'> | undefined {
  const samplingMs = read('sampling', typed.sampling);
  const publishingMs = read('publishing', typed.publishing);
  const queueSize = read('queue', typed.queue);
  if (samplingMs === undefined || publishingMs === undefined || queueSize === undefined) return undefined;
  return { samplingMs, publishingMs, queueSize };
}

interface IntervalFieldsProps {
  readonly typed: Intervals;
  readonly onType: (typed: Intervals) => void;
}

export function IntervalFields({ typed, onType }: IntervalFieldsProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="intervals">
      {(Object.keys(LIMITS) as (keyof Intervals)[]).map((name) => {
        const [low, high] = LIMITS[name];
        const isWrong = read(name, typed[name]) === undefined;
        return (
          <div key={name} className="field">
            <label htmlFor={`${id}${name}`}>{t(`opcua.${name}`)}</label>
            <input
              id={`${id}${name}`}
              className="input"
              inputMode="numeric"
              value={typed[name]}
              aria-invalid={isWrong}
              aria-describedby={`${id}${name}-problem`}
              onChange={(event) => onType({ ...typed, [name]: event.target.value })}
            />
            <span id={`${id}${name}-problem`} className="echo problem">
              {isWrong && t('opcua.badNumber', { low, high })}
            </span>
          </div>
        );
      })}
    </div>
  );
}
