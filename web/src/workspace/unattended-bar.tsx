import { useEffect } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { call } from '../live/api.ts';
import { useDeed } from '../live/use-ask.ts';
import { useSession } from '../live/use-session.ts';
import { announce } from '../ui/announcer.tsx';
import { DeedButton } from '../ui/deed-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

/** Says that the line was put to sleep while this page was open, and wakes it. */
export function UnattendedBar({ account: { me, refresh } }: { readonly account: Account }) {
  const { t } = useWords();
  const { cell, wire } = useSession();
  const isUnattended = me?.isUnattended === true;
  useEffect(() => {
    if (isUnattended) announce(`${t('contact.unattended')} ${t('contact.unattendedHint')}`);
  }, [isUnattended, t]);
  const wake = useDeed(async () => {
    await call('clock', { params: { cell: cell.id } });
    wire.tryNow();
    await refresh();
  });
  if (!isUnattended) return null;
  return (
    <section className="page-bars" aria-label={t('contact.bars')}>
      <div className="page-bar warn">
        <span>
          <strong>{t('contact.unattended')}</strong> {t('contact.unattendedHint')}
        </span>
        <DeedButton className="btn sm primary" isRunning={wake.isRunning} onPress={() => void wake.run()}>
          {t('contact.wake')}
        </DeedButton>
        <ProblemNote problem={wake.problem} />
      </div>
    </section>
  );
}
