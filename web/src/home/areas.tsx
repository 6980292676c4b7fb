import type { Curriculum } from '#contract/curriculum.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { LabSummary } from '#contract/lab-view.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { LabCard } from './lab-card.tsx';

interface AreasProps {
  readonly labs: readonly LabSummary[];
  readonly areas: Curriculum['areas'];
  readonly record: readonly RecordedAttempt[];
  readonly account: Account;
}

/** The labs by area. Areas without one are named, so that nobody looks for them. */
export function Areas({ labs, areas, record, account }: AreasProps) {
  const { t } = useWords();
  const empty = areas.filter(({ id }) => !labs.some(({ area }) => area === id));
  return (
    <>
      <p className="muted small">{t('learning.areasNote')}</p>
      <div className="areas">
        {areas
          .filter((area) => !empty.includes(area))
          .map(({ id, title }) => (
            <section key={id} aria-labelledby={`area-${id}`}>
              <h3 id={`area-${id}`} className="area-title">
                {title}
              </h3>
              <ul className="lab-cards">
                {labs
                  .filter(({ area }) => area === id)
                  .map((lab) => (
                    <LabCard key={lab.id} lab={lab} record={record} account={account} />
                  ))}
              </ul>
            </section>
          ))}
      </div>
      {empty.length > 0 && (
        <>
          <h3 className="area-title">{t('learning.none')}</h3>
          <ul className="area-names">
            {empty.map(({ id, title }) => (
              <li key={id} className="chip">
                {title}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
