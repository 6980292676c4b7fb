import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { useSelection } from '../selection.tsx';

interface AddChangeProps {
  /** Of the variant. */
  readonly name: string;
  /** Settings that it changes already. */
  readonly taken: readonly string[];
  readonly onAdd: (path: string) => void;
}

/** All settings of the line by station, that of the selection first. */
export function AddChange({ name, taken, onAdd }: AddChangeProps) {
  const { t, say } = useWords();
  const { cell } = useSession();
  const { station: selected } = useSelection();
  const id = useId();
  const [path, setPath] = useState('');
  const stations = cell.stations
    .filter(({ parameters }) => parameters.length > 0)
    .toSorted((a, b) => Number(b.id === selected) - Number(a.id === selected));
  return (
    <div className="add-change">
      <select
        id={id}
        className="input"
        aria-label={t('whatIf.setting', { name })}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      >
        <option value="">{t('whatIf.choose')}</option>
        {stations.map((station) => (
          <optgroup key={station.id} label={`${station.id} ${say(station.title)}`}>
            {station.parameters
              .filter((parameter) => !taken.includes(parameter.path))
              .map((parameter) => (
                <option key={parameter.path} value={parameter.path}>
                  {station.id} · {say(parameter.text)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <Button
        className="btn"
        isDisabled={path === ''}
        aria-label={t('whatIf.addTo', { name })}
        onPress={() => {
          onAdd(path);
          setPath('');
        }}
      >
        {t('whatIf.add')}
      </Button>
    </div>
  );
}
