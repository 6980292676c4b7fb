import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { useFollowedStates, useSession } from '../live/use-session.ts';
import { Boundary } from '../ui/boundary.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { oncePainted, usePainted } from '../ui/use-painted.ts';
import { AccountDialog } from './account-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { LabPane } from './lab/lab-pane.tsx';
import { useAttempt } from './lab/use-attempt.ts';
import { focusQuietly, usePaneKeys } from './panes.ts';
import { VIEWS, useSelection } from './selection.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ReplayBanner } from './timeline/replay-banner.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { TopBar } from './top-bar.tsx';
import { useClockDeeds } from './use-clock-deeds.ts';
import { useStationSteps } from './use-station-steps.ts';
import { Views } from './views/views.tsx';

interface DeskProps {
  readonly account: Account;
  /** The open attempt, if a lab was started on this line. */
  readonly attempt: string | undefined;
}

type Open = 'help' | 'account' | undefined;

/** The parts of the workspace and what joins them. */
export function Desk({ account, attempt }: DeskProps) {
  const { t } = useWords();
  const { shortcuts } = usePreferences();
  const { wire } = useSession();
  const [open, setOpen] = useState<Open>();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const { openView } = useSelection();
  const isPainted = usePainted();
  const { togglePause } = useClockDeeds();
  const step = useStationSteps();
  const taken = useAttempt(attempt, account);

  const lab = useRef<HTMLElement>(null);
  // Whoever came here by a button that is gone goes on at the lab.
  useEffect(() => {
    if (document.activeElement === document.body && lab.current) focusQuietly(lab.current);
  }, []);
  // What is live comes once there is something to show it.
  useEffect(() => oncePainted(() => void wire.open()), [wire]);
  useFollowedStates();
  usePaneKeys();
  useShortcuts(
    shortcuts,
    useMemo(
      () => ({
        '?': () => setOpen('help'),
        p: togglePause,
        j: () => step(1),
        k: () => step(-1),
        ...Object.fromEntries(VIEWS.map((view, n) => [String(n + 1), () => openView(view)])),
      }),
      [togglePause, step, openView],
    ),
  );
  return (
    <div className="desk">
      <a className="skip" href="#lab">
        {t('app.skip')}
      </a>
      <TopBar
        title={taken.attempt?.lab.title}
        isDrawerOpen={isDrawerOpen}
        onDrawer={setDrawerOpen}
        onHelp={() => setOpen('help')}
        onAccount={() => setOpen('account')}
      />
      <aside ref={lab} className="lab" id="lab" data-pane="" tabIndex={-1} aria-label={t('lab.region')}>
        <Boundary>
          <LabPane account={account} attempt={attempt} taken={taken} />
        </Boundary>
      </aside>
      <main className="main" data-pane="" tabIndex={-1} aria-label={t('tabs.label')}>
        <ReplayBanner />
        <Views />
      </main>
      <aside
        className={isDrawerOpen ? 'inspector open' : 'inspector'}
        data-pane=""
        tabIndex={-1}
        aria-label={t('inspector.region')}
        onKeyDown={(event) => event.key === 'Escape' && setDrawerOpen(false)}
      >
        <Boundary>{isPainted && <Inspector onClose={() => setDrawerOpen(false)} />}</Boundary>
      </aside>
      <section className="timeline" data-pane="" tabIndex={-1} aria-label={t('timeline.title')}>
        <Boundary>
          <Timeline />
        </Boundary>
      </section>
      {open === 'help' && <HelpDialog onClose={() => setOpen(undefined)} />}
      {open === 'account' && <AccountDialog account={account} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
