import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { useSession } from '../../live/use-session.ts';
import { Schematic, type SchematicHandle } from '../../schematic/schematic.tsx';
import { lazily } from '../../ui/lazily.ts';
import { useSelection } from '../selection.tsx';
import { LineFigures } from './line-figures.tsx';
import { useFeed, useWatchedSignals } from './use-feed.ts';

const StationList = lazily(() => import('./station-list.tsx').then(({ StationList: List }) => List));

/** The line as a plan, or as a list: the equals of the 3D view. */
export function SchematicView() {
  const { t } = useWords();
  const [isList, setList] = useKept('schematic.list', () => false);
  return (
    <>
      <div className="view-bar">
        <div className="seg" role="group" aria-label={t('schematic.as')}>
          <ToggleButton className="btn sm" isSelected={!isList} onChange={() => setList(false)}>
            {t('schematic.plan')}
          </ToggleButton>
          <ToggleButton className="btn sm" isSelected={isList} onChange={() => setList(true)}>
            {t('schematic.list')}
          </ToggleButton>
        </div>
        <LineFigures />
      </div>
      {isList ? <StationList /> : <Plan />}
    </>
  );
}

function Plan() {
  const { language } = useWords();
  const session = useSession();
  const { station, selectStation } = useSelection();
  const [picture, setPicture] = useState<SchematicHandle | null>(null);
  useFeed(picture);
  useWatchedSignals(picture ?? undefined);
  return (
    <Schematic
      ref={setPicture}
      view={session.cell}
      language={language}
      selected={station}
      onSelect={selectStation}
      serverMs={session.clock.serverMs}
    />
  );
}
