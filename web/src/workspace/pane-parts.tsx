import { type ReactNode, useEffect, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useMedia } from '../ui/use-media.ts';
import './pane-parts.css';

/** One part of a pane. */
export interface PanePart {
  readonly id: string;
  readonly title: string;
  /** Said in a mark beside the title: how many there are, or that something wants attention. */
  readonly mark?: string | undefined;
  readonly body: ReactNode;
}

interface PanePartsProps {
  /** What the parts are of, for who cannot see them. */
  readonly label: string;
  /** What one chooses in: it stands beside the others where there is room, and is their first tab where there is not. */
  readonly list: PanePart;
  readonly parts: readonly PanePart[];
  /** The id of the part that is open. */
  readonly open: string;
  readonly onOpen: (id: string) => void;
}

/** The room that a list and a part need side by side. */
export const NARROW_PANE = '(max-width: 1023px)';

/** A pane as a list and its details. A closed part is hidden and not taken away, so nothing typed in it is lost. */
export function PaneParts({ label, list, parts, open, onOpen }: PanePartsProps) {
  const isNarrow = useMedia(NARROW_PANE);
  const tabs = isNarrow ? [list, ...parts] : parts;
  const shown = tabs.some(({ id }) => id === open) ? open : tabs[0].id;
  const names = useRef<HTMLDivElement>(null);
  // On a phone the name of the open part may stand beyond the edge.
  useEffect(() => {
    const [row, name] = [names.current, names.current?.querySelector<HTMLElement>('[data-selected]')];
    if (!row || !name) return;
    const [from, to] = [name.offsetLeft - 32, name.offsetLeft + name.offsetWidth + 32 - row.clientWidth];
    if (row.scrollLeft > from) row.scrollLeft = from;
    else if (row.scrollLeft < to) row.scrollLeft = to;
  }, [shown]);
  return (
    <div className="parts">
      {!isNarrow && <div className="parts-list">{list.body}</div>}
      {tabs.length === 1 ? (
        <div className="part">{tabs[0].body}</div>
      ) : (
        <Tabs className="parts-tabs" selectedKey={shown} onSelectionChange={(key) => onOpen(String(key))}>
          <TabList ref={names} className="part-names" aria-label={label}>
            {tabs.map(({ id, title, mark }) => (
              <Tab key={id} id={id} className="part-name">
                {title}
                {mark !== undefined && <span className="part-mark">{mark}</span>}
              </Tab>
            ))}
          </TabList>
          {tabs.map(({ id, body }) => (
            <TabPanel key={id} id={id} className="part" shouldForceMount>
              {body}
            </TabPanel>
          ))}
        </Tabs>
      )}
    </div>
  );
}
