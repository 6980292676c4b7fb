import type { SignalView } from '#contract/cell-view.ts';
import { useWords } from '../../i18n/use-words.ts';
import { goByArrows, stopOf } from '../../ui/arrows.ts';
import { useSelection } from '../selection.tsx';
import { SignalValue, unitText } from '../signal-value.tsx';

/** All signals of the station, live, one stop of the Tab key with arrows inside. Choosing one shows where it lives and draws it in the timeline. */
export function SignalTable({ signals }: { readonly signals: readonly SignalView[] }) {
  const { t, say } = useWords();
  const { signal: selected, selectSignal } = useSelection();
  const paths = signals.map(({ path }) => path);
  return (
    <table className="signals" aria-labelledby="signals" onKeyDown={goByArrows}>
      <thead>
        <tr>
          <th scope="col">{t('inspector.signal')}</th>
          <th scope="col" className="num">
            {t('inspector.value')}
          </th>
          <th scope="col">{t('inspector.unit')}</th>
        </tr>
      </thead>
      <tbody>
        {signals.map((signal) => (
          <tr key={signal.path} data-selected={signal.path === selected}>
            <td>
              <button
                type="button"
                className="signal-name"
                tabIndex={signal.path === stopOf(paths, selected) ? 0 : -1}
                aria-pressed={signal.path === selected}
                title={signal.path}
                onClick={() => selectSignal(signal.path)}
              >
                {say(signal.text)}
              </button>
            </td>
            <td className={signal.words || signal.type === 'Boolean' ? 'word' : 'num'}>
              <SignalValue signal={signal} />
            </td>
            <td>{unitText(signal)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
