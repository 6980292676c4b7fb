import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import { useFollowedStation, useSession } from '../../live/use-session.ts';
import { Cross } from '../../ui/icons.tsx';
import { lazily } from '../../ui/lazily.ts';
import { useSelection } from '../selection.tsx';
import { Actions } from './actions.tsx';
import { Figures } from './figures.tsx';
import './inspector.css';
import { Settings } from './settings.tsx';
import { SignalTable } from './signal-table.tsx';
import { StateLine } from './state-line.tsx';
import { WhereItLives } from './where-it-lives.tsx';

const Nothing = () => null;
const Captures = lazily(() => import('../captures/captures.tsx').then((part) => part.Captures), Nothing);

/** The selected station: how it is, what can be done, what it shows, and where that data lives. */
export function Inspector({ onClose }: { readonly onClose: () => void }) {
  const { t, say } = useWords();
  const session = useSession();
  const { station: id, selectStation } = useSelection();
  useFollowedStation(id);
  const station = session.findStation(id);
  if (!station) return null;
  const signals = session.signalsOf(id);
  return (
    <>
      <section>
        <div className="inspector-title">
          <select
            className="input"
            aria-label={t('inspector.stations')}
            value={id}
            onChange={(event) => selectStation(event.target.value)}
          >
            {session.stationsWithSignals.map((other) => (
              <option key={other.id} value={other.id}>
                {other.id} {say(other.title)}
              </option>
            ))}
          </select>
          <Button className="btn ghost icon drawer-close" aria-label={t('inspector.close')} onPress={onClose}>
            <Cross />
          </Button>
        </div>
        {session.findSignal(stateSignalOf(id)) && <StateLine key={id} station={id} />}
        <Actions key={`${id} actions`} station={station} />
        <Figures signals={signals} />
      </section>
      <Captures key={`${id} captures`} station={id} />
      <section>
        <h2 id="signals">{t('inspector.signals')}</h2>
        <SignalTable signals={signals} />
      </section>
      <WhereItLives />
      {station.parameters.length > 0 && <Settings key={`${id} settings`} station={station} />}
    </>
  );
}
