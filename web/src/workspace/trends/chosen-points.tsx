import type { SignalView } from '#contract/cell-view.ts';
import type { ReactNode } from 'react';
import { useFamily } from '../../i18n/use-family.ts';
import * as family from '../../i18n/words/trends.ts';
import type { TimeWindow } from '../../live/use-tape.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { Point, Taking } from './samples.ts';
import { SignalChoice, TakingChoice, useOneSignal } from './taking-bar.tsx';
import { useTaken, useTaking } from './use-taken.ts';

/** One of the shown signals, how its points are taken, and the points of the window, oldest first. */
interface ChosenPoints {
  readonly signals: readonly SignalView[];
  readonly signal: SignalView;
  readonly onSignal: (path: string) => void;
  readonly taking: Taking;
  readonly onTaking: (next: Taking) => void;
  readonly hasParts: boolean;
  readonly points: readonly Point[];
  readonly problem: unknown;
  readonly isTruncated: boolean;
  readonly isLoaded: boolean;
}

/** What a view of the values of one signal begins with. */
export function useChosenPoints(signals: readonly SignalView[], window: TimeWindow): ChosenPoints {
  const [signal, onSignal] = useOneSignal(signals);
  const [taking, onTaking, hasParts] = useTaking(signal);
  return { signals, signal, onSignal, taking, onTaking, hasParts, ...useTaken(signal, taking, window) };
}

/** The choice of signal and points, what else the view lets one choose, and what kept points away. */
export function ChosenPointsBar({ chosen, children }: { readonly chosen: ChosenPoints; readonly children: ReactNode }) {
  const w = useFamily(family);
  const { signals, signal, onSignal, taking, onTaking, hasParts, problem, isTruncated } = chosen;
  return (
    <>
      <div className="row trend-choices">
        <SignalChoice {...{ signals, signal, onSignal }} />
        <TakingChoice {...{ signal, taking, hasParts, onTaking }} />
        {children}
      </div>
      <ProblemNote problem={problem} />
      {isTruncated && <p className="note">{w('trends.truncated')}</p>}
    </>
  );
}

/** In the place of a view that has too few points to show anything. */
export function TooFewPoints({ chosen: { points, isLoaded } }: { readonly chosen: ChosenPoints }) {
  const w = useFamily(family);
  return (
    <p className="muted" role="status">
      {w(isLoaded ? 'trends.fewPoints' : 'trends.loading', { n: points.length })}
    </p>
  );
}
