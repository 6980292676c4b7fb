import { Button, ToggleButton } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { useSession, useWireState } from '../live/use-session.ts';
import { DotIcon, Logo, PanelIcon, PlugIcon } from '../ui/icons.tsx';
import { LanguageAndTheme } from '../ui/language-and-theme.tsx';
import { Link } from '../ui/link.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ClockControls } from './clock-controls.tsx';
import { LineStatus, WIDE } from './views/line-status.tsx';

interface TopBarProps {
  /** Of the lab that is open. */
  readonly title: string | undefined;
  readonly isDrawerOpen: boolean;
  readonly onDrawer: (isOpen: boolean) => void;
  readonly onHelp: () => void;
  readonly onAccount: () => void;
}

export function TopBar({ title, isDrawerOpen, onDrawer, onHelp, onAccount }: TopBarProps) {
  const { t, say } = useWords();
  const { cell } = useSession();
  const isWide = useMedia(WIDE);
  return (
    <header className="top" data-pane="" tabIndex={-1} aria-label={t('top.region')}>
      <Link to="/" className="logo">
        <Logo />
        <span className="brand">Verkstad</span>
      </Link>
      <nav className="crumb" aria-label={t('top.breadcrumb')}>
        <span aria-hidden="true">/</span>
        <span>{say(cell.title)}</span>
        <span aria-hidden="true">/</span>
        <h1>{title ?? t('top.sandbox')}</h1>
      </nav>
      {isWide && <LineStatus />}
      <span className="grow" />
      <Connection />
      <ClockControls />
      <Button className="btn" onPress={onAccount}>
        <PlugIcon />
        <span className="wide">{t('top.account')}</span>
        <span className="narrow sr">{t('top.account')}</span>
      </Button>
      <LanguageAndTheme />
      <Button className="btn icon" aria-label={t('top.help')} onPress={onHelp}>
        ?
      </Button>
      <ToggleButton className="btn drawer-button" isSelected={isDrawerOpen} onChange={onDrawer}>
        <PanelIcon />
        {t('top.inspector')}
      </ToggleButton>
    </header>
  );
}

const LOOK = { live: 'ok', connecting: '', lost: 'warn', closed: 'warn' } as const;

/** Whether live values arrive, in words. */
function Connection() {
  const { t } = useWords();
  const state = useWireState();
  return (
    <span className={`chip ${LOOK[state]}`} role="status">
      <DotIcon size={8} />
      {t(`top.${state}`)}
    </span>
  );
}
