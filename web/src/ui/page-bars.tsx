import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { useContact, useIsOutdated } from '../live/contact.ts';
import { announce } from './announcer.tsx';
import './page-bars.css';

/** Above every screen: that contact is lost, or that the page is older than the server. Empty while all is well. */
export function PageBars() {
  const { t } = useWords();
  const contact = useContact();
  const isOutdated = useIsOutdated();
  const wasLost = useRef(false);
  useEffect(() => {
    if (isOutdated) announce(`${t('contact.outdated')} ${t('contact.outdatedHint')}`);
  }, [isOutdated, t]);
  useEffect(() => {
    if (contact !== 'well') announce(`${t(`contact.${contact}`)} ${t('contact.meanwhile')}`);
    else if (wasLost.current) announce(t('contact.back'));
    wasLost.current = contact !== 'well';
  }, [contact, t]);
  return (
    <section className="page-bars" aria-label={t('contact.bars')}>
      {contact !== 'well' && (
        <p className="page-bar warn">
          <span>
            <strong>{t(`contact.${contact}`)}</strong> {t('contact.meanwhile')}
          </span>
        </p>
      )}
      {isOutdated && (
        <div className="page-bar">
          <span>
            <strong>{t('contact.outdated')}</strong> {t('contact.outdatedHint')}
          </span>
          <Button className="btn sm primary" onPress={() => location.reload()}>
            {t('contact.reload')}
          </Button>
        </div>
      )}
    </section>
  );
}
