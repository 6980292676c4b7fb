import { Suspense, lazy, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Home } from './home/home.tsx';
import { localeOf } from './i18n/format.ts';
import { useWords } from './i18n/use-words.ts';
import { useAccount } from './live/account.ts';
import { Announcer } from './ui/announcer.tsx';
import { Boundary } from './ui/boundary.tsx';
import { Loading } from './ui/loading.tsx';
import { usePlace } from './ui/place.ts';

const Workspace = lazy(() => import('./workspace/workspace.tsx').then(({ Workspace }) => ({ default: Workspace })));

/** The screens, by address. */
export function App() {
  const { language, t } = useWords();
  const { path } = usePlace();
  const isWorkspace = path === '/workspace';
  const account = useAccount(isWorkspace);
  useEffect(() => {
    document.title = isWorkspace ? `${t('top.sandbox')} – Verkstad` : `Verkstad – ${t('app.claim')}`;
  }, [isWorkspace, t]);
  return (
    <I18nProvider locale={localeOf(language)}>
      <Announcer />
      <Boundary>
        <Suspense fallback={<Loading />}>
          {isWorkspace ? <Workspace account={account} /> : <Home account={account} isLost={path !== '/'} />}
        </Suspense>
      </Boundary>
    </I18nProvider>
  );
}
