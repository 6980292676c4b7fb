import type { WhatIfResult } from '#contract/what-if.ts';
import { Button } from 'react-aria-components';
import { decimalsOf, plantDayTime, printedUnit, withUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { downloadCsv } from './csv.ts';
import { reachOf } from './reading.ts';
import { MeansTable, VariantTable } from './result-tables.tsx';
import type { Answered } from './use-what-if.ts';

interface ResultsProps {
  readonly answered: Answered;
  /** The question has changed since. */
  readonly isOld: boolean;
}

/** The answer: of each variant the means, and how it differs from the first. */
export function Results({ answered: { result }, isOld }: ResultsProps) {
  const { t, language } = useWords();
  const { clock } = useSession();
  const time = (us: number) => plantDayTime(clock.epochMs(us), language);
  const [base, ...others] = result.variants;
  return (
    <section className="what-if-results" aria-label={t('whatIf.result')}>
      <div className="row">
        <h2>{t('whatIf.result')}</h2>
        <span className="grow" />
        <Button className="btn sm" onPress={() => downloadCsv(result)}>
          {t('whatIf.download')}
        </Button>
      </div>
      <p className="small muted">
        {t('whatIf.window', { forks: result.forks, from: time(result.fromUs), to: time(result.toUs) })}
      </p>
      {isOld && <p className="note">{t('whatIf.old')}</p>}
      {others.length === 0 && <MeansTable result={result} variant={base} />}
      {others.map((variant) => (
        <section key={variant.name}>
          <h3>
            {t('whatIf.variant', { name: variant.name })} <Changes variant={variant} />
          </h3>
          <VariantTable result={result} variant={variant} reach={reachOf(base, variant)} />
        </section>
      ))}
      {others.length > 0 && <GainNote result={result} />}
    </section>
  );
}

type ResultVariant = WhatIfResult['variants'][number];

/** What the variant was, in its own words. */
function Changes({ variant: { changes } }: { readonly variant: ResultVariant }) {
  const { say, n } = useWords();
  const { cell } = useSession();
  return (
    <span className="muted changes">
      {changes
        .map(({ target, value }) => {
          const station = cell.stations.find(({ id }) => target.startsWith(`${id}.`));
          const parameter = station?.parameters.find(({ path }) => path === target);
          const shown =
            typeof value === 'number' ? n(value, decimalsOf(value)) : JSON.stringify(value).replaceAll('"', '');
          const amount = withUnit(shown, printedUnit(parameter?.unit ?? '1'));
          return `${station?.id ?? ''} ${parameter ? say(parameter.text) : target} ${amount}`.trim();
        })
        .join(', ')}
    </span>
  );
}

/** What common random numbers were worth, told for the figure that people ask for first. */
function GainNote({ result }: { readonly result: WhatIfResult }) {
  const { t, say, n } = useWords();
  if (!result.commonNumbers) return <p className="small muted">{t('whatIf.independentNote')}</p>;
  const [figure] = result.figures;
  const gains = result.variants.flatMap(({ differences }) => differences?.[figure.name]?.gain ?? []);
  if (gains.length === 0) return null;
  const times = Math.min(...gains);
  return (
    <p className="small muted">
      {t('whatIf.gainNote', {
        figure: say(figure.text).toLowerCase(),
        times: n(times, times < 10 ? 1 : 0),
        runs: n(Math.round(times * result.forks)),
      })}
    </p>
  );
}
