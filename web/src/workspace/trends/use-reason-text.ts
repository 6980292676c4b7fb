import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { STATES } from '../../scene/states.ts';
import { type Entry, reasonSignalOf } from './ledger.ts';

/** The reason in words, or the state where there is none. */
export function useReasonText() {
  const { say } = useWords();
  const session = useSession();
  return ({ station, reason, state }: Pick<Entry, 'station' | 'reason' | 'state'>): string => {
    const from = station || session.stationsWithState[0]?.id;
    const word = reason === undefined ? undefined : session.findSignal(reasonSignalOf(from))?.words?.[String(reason)];
    return say(word ?? STATES[state].word);
  };
}
