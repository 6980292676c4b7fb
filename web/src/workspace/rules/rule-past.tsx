import { useCallback, useState } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Choice } from '../form-fields.tsx';
import { useSelection } from '../selection.tsx';
import type { RuleDefinition } from './rule-draft.ts';

const MINUTE_US = 60e6;
const SPANS = [10, 60, 240, 480, 1440] as const;
const SHOWN = 100;

/** Tests a rule on what was: when it would have fired. A press shows that moment in the timeline and all panes. */
export function RulePast({ definition }: { readonly definition: RuleDefinition }) {
  const { t, n, language } = useWords();
  const { cell, clock } = useSession();
  const { momentMs, lookAt } = useSelection();
  const [minutes, setMinutes] = useState('60');
  const [found, setFound] = useState<Found>();
  const trial = useDeed(
    useCallback(async () => {
      const endUs = momentMs === undefined ? clock.nowUs() - 1e6 * clock.state.speed : clock.usOf(momentMs);
      const toUs = Math.max(1, endUs);
      const fromUs = Math.max(0, toUs - Number(minutes) * MINUTE_US);
      const rule = definition as Record<string, unknown>;
      const { firings, truncated } = await call('tryRule', { params: { cell: cell.id }, body: { rule, fromUs, toUs } });
      setFound({ firings, truncated, fromUs, toUs, definition });
    }, [cell.id, clock, definition, minutes, momentMs]),
  );
  const time = (us: number) => plantDayTime(clock.epochMs(us), language);
  const isFresh = found?.definition === definition;
  return (
    <div className="rule-past">
      <h3>{t('rules.past')}</h3>
      <div className="row">
        <Choice
          label={t('rules.window')}
          value={minutes}
          options={SPANS.map((span) => [
            String(span),
            t('rules.lastSpan', { span: span < 60 ? `${span} min` : `${span / 60} h` }),
          ])}
          onChange={setMinutes}
        />
        <DeedButton className="btn rule-try" isRunning={trial.isRunning} onPress={() => void trial.run()}>
          {t('rules.try')}
        </DeedButton>
      </div>
      <ProblemNote problem={trial.problem} />
      <div role="status">
        {found && isFresh && (
          <p className="small">
            {t(
              found.firings.length === 1
                ? 'rules.wouldOnce'
                : found.firings.length === 0
                  ? 'rules.wouldNot'
                  : 'rules.wouldOften',
              {
                n: n(found.firings.length),
                from: time(found.fromUs),
                to: time(found.toUs),
              },
            )}
            {found.truncated && ` ${t('rules.more')}`}
          </p>
        )}
      </div>
      {found && isFresh && found.firings.length > 0 && (
        <ol className="firings">
          {found.firings.slice(0, SHOWN).map(({ firedUs, clearedUs }) => (
            <li key={firedUs}>
              <Button className="btn sm ghost mono" onPress={() => lookAt(Math.round(clock.epochMs(firedUs)))}>
                {time(firedUs)}
              </Button>
              <span className="muted small">
                {clearedUs === undefined ? t('rules.stillTrue') : t('rules.until2', { time: time(clearedUs) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface Found {
  readonly firings: readonly { readonly firedUs: number; readonly clearedUs?: number | undefined }[];
  readonly truncated: boolean;
  readonly fromUs: number;
  readonly toUs: number;
  readonly definition: RuleDefinition;
}
