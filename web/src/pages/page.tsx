import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Screen } from '../screens.ts';
import { Logo } from '../ui/icons.tsx';
import { LanguageAndTheme } from '../ui/language-and-theme.tsx';
import { Link } from '../ui/link.tsx';
import { usePlace } from '../ui/place.ts';
import './page.css';

const MENU = [
  ['/', 'home'],
  ['/workspace', 'workspace'],
  ['/record', 'record'],
  ['/help', 'help'],
  ['/settings', 'settings'],
] as const;

const ABOUT = [
  ['/connection', 'connection'],
  ['/accessibility', 'accessibility'],
  ['/privacy', 'privacy'],
] as const satisfies readonly (readonly [string, Screen])[];

interface PageProps {
  /** Whether there is a line to go to, and results to see. */
  readonly isSignedIn: boolean;
  readonly children: ReactNode;
}

/** What stands around every page beside the workspace: the way to the others, language and theme. */
export function Page({ isSignedIn, children }: PageProps) {
  const { t } = useWords();
  const menu = MENU.filter(([, screen]) => isSignedIn || (screen !== 'workspace' && screen !== 'record'));
  return (
    <div className="page">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="page-top">
        <Link to="/" className="logo">
          <Logo />
          Verkstad
        </Link>
        <Menu label={t('pages.menu')} entries={menu} />
        <span className="grow" />
        <LanguageAndTheme />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="page-foot">
        <Menu label={t('pages.about')} entries={ABOUT} />
        <span>{t('home.footer')}</span>
      </footer>
    </div>
  );
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly (readonly [string, Screen])[];
}

function Menu({ label, entries }: MenuProps) {
  const { t } = useWords();
  const { path } = usePlace();
  return (
    <nav aria-label={label} className="page-menu">
      {entries.map(([to, screen]) => (
        <Link key={to} to={to} isHere={path === to}>
          {t(`pages.${screen}`)}
        </Link>
      ))}
    </nav>
  );
}
