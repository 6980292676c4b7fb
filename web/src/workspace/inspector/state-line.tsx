import { duration } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useReading, useSession, useStationState } from '../../live/use-session.ts';
import { STATES } from '../../scene/states.ts';
import { StateIcon } from '../../ui/state-icon.tsx';

/** The state by shape, colour and word, with its reason and how long it has lasted. */
export function StateLine({ station }: { readonly station: string }) {
  const { t, say, language } = useWords();
  const session = useSession();
  const state = useStationState(station);
  const reasonSignal = session.findSignal(`${station}.State.Reason`);
  const reason = useReading(`${station}.State.Reason`)?.value;
  const seconds = useReading(`${station}.State.Duration`)?.value;
  const word = reason === undefined ? undefined : reasonSignal?.words?.[String(reason)];
  return (
    <div className="state-line">
      <span className={`chip ${state ?? ''}`}>
        <StateIcon state={state} />
        {state ? say(STATES[state].word) : '–'}
      </span>
      {word && (
        <span>
          <span className="sr">{t('inspector.reason')}: </span>
          {say(word)}
        </span>
      )}
      {seconds !== undefined && !Number.isNaN(seconds) && (
        <span className="muted">{t('inspector.since', { duration: duration(seconds, language) })}</span>
      )}
    </div>
  );
}
