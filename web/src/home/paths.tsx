import type { Curriculum } from '#contract/curriculum.ts';
import type { RecordedAttempt } from '#contract/lab-record.ts';
import type { LabSummary } from '#contract/lab-view.ts';
import { useWords } from '../i18n/use-words.ts';
import { labsOf } from './propose.ts';
import { standingOf } from './standing.ts';

interface PathsProps {
  readonly labs: readonly LabSummary[];
  readonly curriculum: Curriculum;
  readonly record: readonly RecordedAttempt[];
}

/** The learning paths: what each is for, its areas in order, and how far one has come. */
export function Paths({ labs, curriculum: { paths, areas }, record }: PathsProps) {
  const { t, n } = useWords();
  const titleOf = (area: string) => areas.find(({ id }) => id === area)?.title ?? area;
  return (
    <section aria-labelledby="paths">
      <h2 id="paths" className="section-title">
        {t('learning.paths')}
      </h2>
      <p className="muted small">{t('learning.pathsNote')}</p>
      <ul className="path-list">
        {paths.map((path) => {
          const here = labsOf(path, labs);
          const done = here.filter(({ id }) => standingOf(id, record).state === 'passed').length;
          const hours = n(here.reduce((sum, { minutes }) => sum + minutes, 0) / 60, 1);
          return (
            <li key={path.id} id={`path-${path.id}`}>
              <h3>{path.title}</h3>
              <p>{path.aim}</p>
              <ol className="path-areas">
                {path.areas.map((area) => (
                  <li key={area}>{titleOf(area)}</li>
                ))}
              </ol>
              <p className="small">
                {here.length === 0
                  ? t('learning.pathEmpty')
                  : `${t('learning.pathLabs', { labs: here.length, hours })} · ${t('learning.pathPassed', { done, all: here.length })}`}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
