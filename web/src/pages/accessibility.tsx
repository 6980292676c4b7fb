import { useFamily } from '../i18n/use-family.ts';
import * as family from '../i18n/words/accessibility.ts';
import type { Account } from '../live/account.ts';
import { Page } from './page.tsx';
import { ReportForm } from './report-form.tsx';

/** The accessibility statement, honest about what is missing, with the form for barriers. */
export function Accessibility({ account }: { readonly account: Account }) {
  const t = useFamily(family);
  return (
    <Page isSignedIn={!!account.me}>
      <div className="prose">
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
        <h2>{t('standard')}</h2>
        <p>{t('standardText')}</p>
        <h2>{t('done')}</h2>
        <ul>
          {([1, 2, 3, 4, 5, 6] as const).map((k) => (
            <li key={k}>{t(`done${k}`)}</li>
          ))}
        </ul>
        <h2>{t('missing')}</h2>
        <ul>
          {([1, 2, 3, 4] as const).map((k) => (
            <li key={k}>{t(`missing${k}`)}</li>
          ))}
        </ul>
        <h2 id="report">{t('report')}</h2>
        <p>{t('reportText')}</p>
        <ReportForm />
        <h2>{t('authority')}</h2>
        <p>{t('authorityText')}</p>
      </div>
    </Page>
  );
}
