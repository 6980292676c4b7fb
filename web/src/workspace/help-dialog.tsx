import { useWords } from '../i18n/use-words.ts';
import type { SceneState } from '../scene/states.ts';
import { STATES } from '../scene/states.ts';
import { Link } from '../ui/link.tsx';
import { Modal } from '../ui/modal.tsx';
import { prefer, usePreferences } from '../ui/preferences.ts';
import { StateIcon } from '../ui/state-icon.tsx';
import './dialogs.css';

/** Shortcuts, and what the shapes of the states mean. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, say } = useWords();
  const { shortcuts } = usePreferences();
  const keys: readonly (readonly [string, string])[] = [
    ['F6 / Shift+F6', t('help.panes')],
    ['← → ↑ ↓', t('help.arrows')],
    ['Esc', t('help.escape')],
    ['1 – 9', t('help.tabs')],
    ['P', t('help.pause')],
    ['K / J', t('help.stations')],
    ['L / , / .', t('help.replay')],
    ['?', t('help.help')],
  ];
  return (
    <Modal title={t('help.title')} onClose={onClose}>
      <table className="keys">
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="check-row">
        <input type="checkbox" checked={shortcuts} onChange={(event) => prefer({ shortcuts: event.target.checked })} />
        {t('help.keysOn')}
      </label>
      <h3 className="gap-top">{t('help.states')}</h3>
      <p className="muted small">{t('help.statesNote')}</p>
      <ul className="state-list">
        {(Object.keys(STATES) as SceneState[]).map((state) => (
          <li key={state}>
            <StateIcon state={state} /> {say(STATES[state].word)}
          </li>
        ))}
      </ul>
      <nav className="row gap-top" aria-label={t('pages.about')}>
        {(['help', 'settings', 'connection', 'accessibility', 'privacy'] as const).map((screen) => (
          <Link key={screen} to={`/${screen}`}>
            {t(`pages.${screen}`)}
          </Link>
        ))}
      </nav>
    </Modal>
  );
}
