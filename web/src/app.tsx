import { useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Home } from './home/home.tsx';
import { localeOf } from './i18n/format.ts';
import { useWords } from './i18n/use-words.ts';
import { type Account, useAccount } from './live/account.ts';
import { allKept } from './live/kept-answers.ts';
import { screenAt, type Screen } from './screens.ts';
import { Announcer } from './ui/announcer.tsx';
import { Boundary } from './ui/boundary.tsx';
import { lazily, patiently } from './ui/lazily.ts';
import { PageBars } from './ui/page-bars.tsx';
import { usePlace } from './ui/place.ts';

type AccountScreen = React.ComponentType<{ readonly account: Account }>;

const LaterWorkspace = lazily(() => import('./workspace/workspace.tsx').then(({ Workspace }) => Workspace));
/** Fetches the code of the workspace before it is shown. */
export const fetchWorkspace = LaterWorkspace.fetch;

const OTHERS: Readonly<Record<Exclude<Screen, 'home'>, AccountScreen>> = {
  workspace: LaterWorkspace,
  record: lazily(() => import('./record/record.tsx').then(({ Record }) => Record)),
  settings: lazily(() => import('./pages/settings.tsx').then(({ Settings }) => Settings)),
  help: lazily(() => import('./pages/help.tsx').then(({ Help }) => Help)),
  connection: lazily(() => import('./pages/connection.tsx').then(({ Connection }) => Connection)),
  accessibility: lazily(() => import('./pages/accessibility.tsx').then(({ Accessibility }) => Accessibility)),
  privacy: lazily(() => import('./pages/privacy.tsx').then(({ Privacy }) => Privacy)),
};

/** The screens, by address. */
export function App() {
  const { language, t } = useWords();
  const { path } = usePlace();
  const screen = screenAt(path);
  const account = useAccount(screen === 'workspace');
  const Other = screen === undefined || screen === 'home' ? undefined : OTHERS[screen];
  useEffect(() => {
    document.title =
      screen === undefined || screen === 'home' ? `Verkstad – ${t('app.claim')}` : `${t(`pages.${screen}`)} – Verkstad`;
  }, [screen, t]);
  useFocusOnArrival(path);
  useAnswersOfBefore(account);
  return (
    <I18nProvider locale={localeOf(language)}>
      <Announcer />
      <PageBars />
      <Boundary key={path}>
        {Other ? <Other account={account} /> : <Home account={account} isLost={screen === undefined} />}
      </Boundary>
    </I18nProvider>
  );
}

/** Answers that could not be sent the last time are sent on whatever screen their writer comes back. */
function useAnswersOfBefore({ me }: Account): void {
  useEffect(() => {
    if (me && allKept().size > 0) void patiently(() => import('./live/answer-book.ts')).catch(() => undefined);
  }, [me]);
}

/** A page that was gone to begins at its top, and a screen reader reads on from there; the first one of a visit is the browser's. */
function useFocusOnArrival(path: string): void {
  const first = useRef(path);
  useEffect(() => {
    if (first.current === path) return;
    first.current = '';
    scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [path]);
}
