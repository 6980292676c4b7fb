import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '#web/ui/tokens.css';
import '#web/ui/base.css';
import '#web/ui/controls.css';
import '#web/ui/surfaces.css';
import { Schematic, type SchematicHandle, type SchematicProps } from '#web/schematic/schematic.tsx';
import { type RefObject, createRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import './scene-page.css';

type Opening = Pick<SchematicProps, 'view' | 'language' | 'serverMs'>;

/** Lets a test in Node drive a schematic in the browser. */
export interface SchematicPage {
  schematic: SchematicHandle | undefined;
  selected: string[];
  open(opening: Opening & { theme: string }): SchematicHandle;
}

declare global {
  interface Window {
    schematicPage: SchematicPage;
  }
}

window.schematicPage = {
  schematic: undefined,
  selected: [],
  open({ theme, ...opening }) {
    const host = document.getElementById('host');
    if (!host) throw new Error('The page has no host.');
    document.documentElement.dataset['theme'] = theme;
    const handle = createRef<SchematicHandle>();
    flushSync(() => createRoot(host).render(<Selecting opening={opening} handle={handle} />));
    if (!handle.current) throw new Error('The schematic gave no handle.');
    return (this.schematic = handle.current);
  },
};

function Selecting({ opening, handle }: { opening: Opening; handle: RefObject<SchematicHandle | null> }) {
  const [selected, setSelected] = useState<string | null>(null);
  const select = (station: string) => {
    window.schematicPage.selected.push(station);
    setSelected(station);
  };
  return <Schematic {...opening} ref={handle} selected={selected} onSelect={select} />;
}
