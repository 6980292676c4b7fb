import { useFamily } from '../i18n/use-family.ts';
import * as family from '../i18n/words/privacy.ts';
import type { Account } from '../live/account.ts';
import { Link } from '../ui/link.tsx';
import { Page } from './page.tsx';

const STORED = ['id', 'session', 'line', 'evidence', 'answers', 'certificates', 'reports', 'address'] as const;

/** What is stored, where, and for how long. */
export function Privacy({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  return (
    <Page isSignedIn={!!account.me}>
      <div className="prose">
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
        <h2>{t('server')}</h2>
        <p>{t('serverLead')}</p>
        <ul>
          {STORED.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <h2>{t('browser')}</h2>
        <ul>
          <li>{t('cookie')}</li>
          <li>{t('settings')}</li>
        </ul>
        <h2>{t('not')}</h2>
        <ul>
          <li>{t('not1')}</li>
          <li>{t('not2')}</li>
        </ul>
        <h2>{t('long')}</h2>
        <p>{t('longText')}</p>
        <h2>{t('yours')}</h2>
        <p>
          {t('yoursText')} <Link to="/record">{t('results')}</Link>.
        </p>
        <p>{t('law')}</p>
      </div>
    </Page>
  );
}
