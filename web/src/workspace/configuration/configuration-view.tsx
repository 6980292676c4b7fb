import type { StationView } from '#contract/cell-view.ts';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { type ViewName, useSelection } from '../selection.tsx';
import { CommandRow } from './command-row.tsx';
import './configuration.css';
import { SettingRow } from './setting-row.tsx';
import { type KnownSettings, useConfiguration } from './use-configuration.ts';

/** What has a pane of its own. */
const OWN_PANE: Readonly<Record<string, ViewName>> = { rules: 'rules', alarms: 'alarms' };

/** All that a participant may set, station by station. */
export function ConfigurationView() {
  const { t, say } = useWords();
  const session = useSession();
  const id = useId();
  const known = useConfiguration();
  const [wanted, setWanted] = useKept('configuration.search', () => '');
  const [isChangedOnly, setChangedOnly] = useState(false);
  const needle = wanted.trim().toLowerCase();
  const isFound = (path: string, ...texts: string[]) =>
    [path, ...texts].some((text) => text.toLowerCase().includes(needle));
  const isChanged = (path: string) => {
    const state = known.byPath.get(path);
    return state !== undefined && state.value !== state.usual;
  };
  const groups = session.cell.stations
    .map((station) => ({
      station,
      parameters: station.parameters.filter(
        ({ path, text }) => isFound(path, say(text), say(station.title)) && (!isChangedOnly || isChanged(path)),
      ),
      commands: station.commands.filter(
        ({ path, text, wants }) =>
          wants !== undefined &&
          !isChangedOnly &&
          !path.endsWith('.SetMode') &&
          isFound(path, say(text), say(station.title)),
      ),
    }))
    .filter(({ parameters, commands }) => parameters.length + commands.length > 0);
  return (
    <div className="config">
      <div className="config-head">
        <div className="field">
          <label htmlFor={id}>{t('config.search')}</label>
          <input
            id={id}
            type="search"
            className="input"
            value={wanted}
            placeholder={t('config.searchExample')}
            onChange={(event) => setWanted(event.target.value)}
          />
        </div>
        <label className="config-only">
          <input type="checkbox" checked={isChangedOnly} onChange={(event) => setChangedOnly(event.target.checked)} />
          {t('config.changedOnly')}
        </label>
      </div>
      <p className="muted small">{t('config.lead')}</p>
      <ProblemNote problem={known.problem} />
      {groups.length === 0 && <p className="muted">{t('config.none')}</p>}
      {groups.map((group) => (
        <Group key={group.station.id} {...group} known={known} isSearching={needle !== '' || isChangedOnly} />
      ))}
    </div>
  );
}

interface GroupProps extends Pick<StationView, 'parameters' | 'commands'> {
  readonly station: StationView;
  readonly known: KnownSettings;
  readonly isSearching: boolean;
}

/** Settings by the first word of their names, in their order. */
function bySubject(parameters: StationView['parameters']): ReadonlyMap<string, StationView['parameters']> {
  const subjects = new Map<string, StationView['parameters']>();
  for (const parameter of parameters) {
    const [, subject] = parameter.path.split('.');
    subjects.set(subject, [...(subjects.get(subject) ?? []), parameter]);
  }
  return subjects;
}

/** A station: its settings by subject, the first word of their names, and then commands that set it up. */
function Group({ station, parameters, commands, known, isSearching }: GroupProps) {
  const { t, say } = useWords();
  const { station: selected, openView } = useSelection();
  const [isOpened, setOpened] = useState(station.id === selected);
  const isOpen = isOpened || isSearching;
  const pane = OWN_PANE[station.type];
  const changed = parameters.filter(({ path }) => {
    const state = known.byPath.get(path);
    return state !== undefined && state.value !== state.usual;
  }).length;
  const subjects = bySubject(parameters);
  return (
    <section className="config-group">
      <h2>
        <Button className="config-toggle" aria-expanded={isOpen} onPress={() => setOpened(!isOpened)}>
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {station.id} {say(station.title)}
          <span className="muted small"> {t('config.count', { count: parameters.length + commands.length })}</span>
          {changed > 0 && <span className="chip info">{t('config.changedCount', { count: changed })}</span>}
        </Button>
      </h2>
      {isOpen && pane && (
        <p>
          <Button className="btn sm" onPress={() => openView(pane)}>
            {t('config.openPane', { pane: t(`tabs.${pane}`) })}
          </Button>
        </p>
      )}
      {isOpen &&
        [...subjects].map(([subject, own]) => (
          <div key={subject}>
            <h3>{subject}</h3>
            <ul>
              {own.map((parameter) => (
                <SettingRow
                  key={parameter.path}
                  parameter={parameter}
                  state={known.byPath.get(parameter.path)}
                  onChanged={known.ask}
                />
              ))}
            </ul>
          </div>
        ))}
      {isOpen && commands.length > 0 && !pane && (
        <div>
          <h3>{t('config.commands')}</h3>
          <ul>
            {commands.map((command) => (
              <CommandRow key={command.path} command={command} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
