import type { PaneCondition, PaneConditionDeed } from '#contract/opcua-pane-deeds.ts';
import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Outcome } from './outcome.tsx';
import type { EventFeed } from './use-pane-events.ts';

/** The conditions that an event subscription told of, as they stand. */
export function Conditions({ feed }: { readonly feed: EventFeed }) {
  const { t } = useWords();
  const id = useId();
  const { told, outcome, lost, watch, act } = feed;
  const isWatching = told?.watch !== undefined;
  return (
    <section aria-labelledby={id}>
      <div className="row">
        <h2 id={id}>{t('opcua.conditions')}</h2>
        <span className="grow" />
        {isWatching && (
          <DeedButton
            className="btn sm"
            isRunning={act.isRunning}
            onPress={() => void act.run({ deed: 'ConditionRefresh' })}
          >
            ConditionRefresh
          </DeedButton>
        )}
      </div>
      <ProblemNote problem={watch.problem ?? act.problem ?? lost} />
      <Outcome outcome={outcome} />
      {isWatching ? (
        <ConditionList conditions={told.conditions} isBusy={act.isRunning} onAct={(deed) => void act.run(deed)} />
      ) : (
        <div className="empty">
          <p>{t('opcua.conditionsByEvents')}</p>
          <DeedButton
            className="btn primary"
            isRunning={watch.isRunning}
            onPress={() => void watch.run({ notifier: SERVER, types: ['BaseEventType'], leastSeverity: 1 })}
          >
            {t('opcua.watchAlarms')}
          </DeedButton>
        </div>
      )}
    </section>
  );
}

/** The server object, which tells of all that happens. */
const SERVER = 'i=2253';

interface ConditionListProps {
  readonly conditions: readonly PaneCondition[];
  readonly isBusy: boolean;
  readonly onAct: (deed: PaneConditionDeed) => void;
}

/** Each condition with the methods of Part 9. */
function ConditionList({ conditions, isBusy, onAct }: ConditionListProps) {
  const { t } = useWords();
  const id = useId();
  const [comment, setComment] = useState('');
  const [minutes, setMinutes] = useState('30');
  const shelveMinutes = Number(minutes);
  const canShelve = shelveMinutes > 0 && shelveMinutes <= 1440;
  return (
    <>
      {conditions.length === 0 ? (
        <p className="empty">{t('opcua.noConditions')}</p>
      ) : (
        <>
          <div className="intervals">
            <div className="field">
              <label htmlFor={`${id}c`}>{t('opcua.comment')}</label>
              <input
                id={`${id}c`}
                className="input"
                value={comment}
                maxLength={1000}
                autoComplete="off"
                onChange={(event) => setComment(event.target.value)}
              />
            </div>
            <div className="field">
              <label htmlFor={`${id}m`}>{t('opcua.shelveMinutes')}</label>
              <input
                id={`${id}m`}
                className="input"
                inputMode="decimal"
                value={minutes}
                aria-invalid={!canShelve}
                aria-describedby={`${id}p`}
                onChange={(event) => setMinutes(event.target.value)}
              />
              <span id={`${id}p`} className="echo problem">
                {!canShelve && t('opcua.badNumber', { low: 1, high: 1440 })}
              </span>
            </div>
          </div>
          <ul className="conditions" aria-label={t('opcua.conditions')}>
            {conditions.map((condition) => {
              const { conditionId, name } = condition;
              const act = (deed: PaneConditionDeed['deed'], more: Partial<PaneConditionDeed> = {}) =>
                onAct({ deed, conditionId, ...more });
              const said = comment === '' ? {} : { comment };
              const steps = [
                ['Acknowledge', !condition.isAcked, () => act('Acknowledge', said)],
                ['Confirm', !condition.isConfirmed, () => act('Confirm', said)],
                ['AddComment', comment !== '', () => act('AddComment', said)],
                ['TimedShelve', !condition.isShelved && canShelve, () => act('TimedShelve', { shelveMinutes })],
                ['OneShotShelve', !condition.isShelved, () => act('OneShotShelve')],
                ['Unshelve', condition.isShelved, () => act('Unshelve')],
              ] as const;
              return (
                <li key={conditionId}>
                  <div className="row">
                    <b>{name}</b>
                    <span className="muted small">{condition.source}</span>
                    <States condition={condition} />
                  </div>
                  <p className="small">
                    {condition.message}
                    {condition.comment && <span className="muted"> – {condition.comment}</span>}
                  </p>
                  <div className="row">
                    {steps.map(([word, isOpen, step]) => (
                      <DeedButton
                        key={word}
                        className="btn sm"
                        isRunning={isBusy}
                        isDisabled={!isOpen}
                        aria-label={`${word}: ${name}`}
                        onPress={step}
                      >
                        {word}
                      </DeedButton>
                    ))}
                  </div>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </>
  );
}

function States({ condition }: { readonly condition: PaneCondition }) {
  const { t } = useWords();
  const { isActive, isAcked, isConfirmed, isShelved, isEnabled } = condition;
  return (
    <>
      <span className={isActive ? 'chip fault' : 'chip'}>{isActive ? t('opcua.active') : t('opcua.inactive')}</span>
      <span className={isAcked ? 'chip' : 'chip warn'}>{isAcked ? t('opcua.acked') : t('opcua.unacked')}</span>
      {!isConfirmed && <span className="chip warn">{t('opcua.unconfirmed')}</span>}
      {isShelved && <span className="chip service">{t('opcua.shelved')}</span>}
      {!isEnabled && <span className="chip service">{t('opcua.disabled')}</span>}
    </>
  );
}
