import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { Schematic, type SchematicHandle } from '../../schematic/schematic.tsx';
import { useSelection } from '../selection.tsx';
import { LineFigures } from './line-figures.tsx';
import { useFeed } from './use-feed.ts';

/** The line as a plan: the equal of the 3D view. */
export function SchematicView() {
  const { language } = useWords();
  const session = useSession();
  const { station, selectStation } = useSelection();
  const [picture, setPicture] = useState<SchematicHandle | null>(null);
  useFeed(picture);
  return (
    <>
      <div className="view-bar">
        <LineFigures />
      </div>
      <Schematic
        ref={setPicture}
        view={session.cell}
        language={language}
        selected={station}
        onSelect={selectStation}
        serverMs={session.clock.serverMs}
      />
    </>
  );
}
