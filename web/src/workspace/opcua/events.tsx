import { eventTypes, type PaneEvent, type PaneEventType } from '#contract/opcua-pane-deeds.ts';
import { useId } from 'react';
import { plantDayTime, wallTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useKept } from '../../live/use-kept.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Breakable } from '../breakable.tsx';
import type { EventFeed } from './use-pane-events.ts';

/** Events of the server, the line or a station, of the types that are chosen. */
export function Events({ feed: { told, lost, watch } }: { readonly feed: EventFeed }) {
  const { t, n } = useWords();
  const id = useId();
  const [types, setTypes] = useKept<readonly PaneEventType[]>('opcua.eventTypes', () => ['BaseEventType']);
  const [notifier, setNotifier] = useKept('opcua.notifier', () => 'i=2253');
  const [least, setLeast] = useKept('opcua.severity', () => '1');
  const leastSeverity = Number(least);
  const isRight = Number.isInteger(leastSeverity) && leastSeverity >= 1 && leastSeverity <= 1000;
  const isWatching = told?.watch !== undefined;
  return (
    <section aria-labelledby={id}>
      <div className="row">
        <h2 id={id}>{t('opcua.events')}</h2>
        <span className={isWatching ? 'chip ok' : 'chip'}>
          {isWatching ? t('opcua.eventCount', { n: n(told.count) }) : t('opcua.notSubscribed')}
        </span>
      </div>
      <fieldset className="event-types">
        <legend>{t('opcua.eventTypes')}</legend>
        {eventTypes.map((type) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={types.includes(type)}
              onChange={({ target }) =>
                setTypes((known) => (target.checked ? [...known, type] : known.filter((each) => each !== type)))
              }
            />
            {type}
          </label>
        ))}
      </fieldset>
      <div className="intervals">
        <div className="field">
          <label htmlFor={`${id}n`}>{t('opcua.notifier')}</label>
          <input
            id={`${id}n`}
            className="input"
            value={notifier}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setNotifier(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}s`}>{t('opcua.leastSeverity')}</label>
          <input
            id={`${id}s`}
            className="input"
            inputMode="numeric"
            value={least}
            aria-invalid={!isRight}
            aria-describedby={`${id}p`}
            onChange={(event) => setLeast(event.target.value)}
          />
          <span id={`${id}p`} className="echo problem">
            {!isRight && t('opcua.badNumber', { low: 1, high: n(1000) })}
          </span>
        </div>
      </div>
      <div className="row">
        <DeedButton
          className="btn primary"
          isRunning={watch.isRunning}
          isDisabled={!isRight || types.length === 0 || notifier.trim() === ''}
          onPress={() => void watch.run({ notifier: notifier.trim(), types: [...types], leastSeverity })}
        >
          {isWatching ? t('opcua.resubscribe') : t('opcua.watchEvents')}
        </DeedButton>
        <DeedButton
          className="btn"
          isRunning={watch.isRunning}
          isDisabled={!isWatching}
          onPress={() => void watch.run({ notifier: notifier.trim() || 'i=2253', types: [], leastSeverity: 1 })}
        >
          {t('opcua.unwatch')}
        </DeedButton>
      </div>
      <ProblemNote problem={watch.problem ?? lost} />
      {isWatching && <EventTable events={told.events} />}
    </section>
  );
}

/** Between the words of a name such as StateChangedEventType. */
const WORDS = /(?<=[a-z])(?=[A-Z])/;

function EventTable({ events }: { readonly events: readonly PaneEvent[] }) {
  const { t, n, language } = useWords();
  if (events.length === 0) return <p className="muted small">{t('opcua.noEvents')}</p>;
  return (
    <div className="table-scroll event-table" tabIndex={0} role="region" aria-label={t('opcua.eventList')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('opcua.eventTime')}</th>
            <th scope="col">{t('opcua.message')}</th>
            <th scope="col" className="event-source">
              {t('opcua.source')}
            </th>
            <th scope="col" className="num">
              {t('opcua.severity')}
            </th>
            <th scope="col">{t('opcua.receiveTime')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className="mono event-time">{plantDayTime(Date.parse(event.time), language)}</td>
              <td className="item-name event-message">
                {event.message}
                <span className="muted">{event.source}</span>
                <code>
                  <Breakable text={event.type} at={WORDS} />
                </code>
              </td>
              <td className="event-source">{event.source}</td>
              <td className="num">{n(event.severity)}</td>
              <td className="mono event-time">{wallTime(Date.parse(event.receiveTime), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
