import { useId } from 'react';
import { Button } from 'react-aria-components';
import { inUnit, printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { Choice, TextField } from '../form-fields.tsx';
import { OwnTools } from '../own-tools.tsx';
import { ALARM_PRIORITIES, type AlarmDraft, KINDS, orderOf } from './alarm-draft.ts';

interface AlarmFormProps {
  readonly draft: AlarmDraft;
  readonly isRunning: boolean;
  readonly onChange: (draft: AlarmDraft) => void;
  readonly onSend: (order: ReturnType<typeof orderOf>) => Promise<void>;
  readonly onClose: () => void;
}

/** The settings of an alarm (ISA-18.2, clause 8), or a new one of one's own. */
export function AlarmForm({ draft, isRunning, onChange, onSend, onClose }: AlarmFormProps) {
  const { t, say } = useWords();
  const session = useSession();
  const list = useId();
  const set = (change: Partial<AlarmDraft>) => onChange({ ...draft, ...change });
  const signal = session.findSignal(draft.signal);
  const unit = signal ? printedUnit(signal.unit) : '';
  const perMinute = draft.kind === 'rate-of-change' ? `${unit}/min` : unit;
  const order = orderOf(draft);
  const isReady = draft.alarm.trim() !== '' && draft.signal !== '' && draft.limit.trim() !== '';
  const words = (draft.kind === 'off-normal' && signal?.words) || undefined;
  return (
    <form
      className="alarm-form"
      aria-label={draft.isKnown ? t('alarms.settingsOf', { id: draft.alarm }) : t('alarms.new')}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(order);
      }}
    >
      <h2>{draft.isKnown ? t('alarms.settingsOf', { id: draft.alarm }) : t('alarms.new')}</h2>
      <div className="alarm-fields">
        {!draft.isKnown && (
          <>
            <TextField
              label={t('alarms.name')}
              value={draft.alarm}
              example="TooHot"
              onChange={(alarm) => set({ alarm })}
            />
            <div className="field wide">
              <label htmlFor={`${list}-signal`}>{t('alarms.signal')}</label>
              <input
                id={`${list}-signal`}
                className="input"
                list={list}
                value={draft.signal}
                placeholder="ST03.Spindle.Temperature"
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => set({ signal: event.target.value })}
              />
              <datalist id={list}>
                {session.cell.signals.map(({ path, text }) => (
                  <option key={path} value={path}>
                    {say(text)}
                  </option>
                ))}
              </datalist>
            </div>
            <Choice
              label={t('alarms.kind')}
              value={draft.kind}
              options={KINDS.map((kind) => [kind, t(`alarms.kind.${kind}`)])}
              onChange={(kind) => set({ kind })}
            />
          </>
        )}
        {!draft.isKnown && draft.kind === 'deviation' && (
          <TextField
            label={inUnit(t('alarms.setpoint'), unit)}
            value={draft.setpoint}
            example="0"
            onChange={(setpoint) => set({ setpoint })}
          />
        )}
        {words ? (
          <Choice
            label={t('alarms.normalValue')}
            value={draft.limit}
            options={[
              ['', t('lab.choose')],
              ...Object.entries(words).map(([value, word]) => [value, say(word)] as const),
            ]}
            onChange={(limit) => set({ limit })}
          />
        ) : (
          <TextField
            label={inUnit(draft.kind === 'off-normal' ? t('alarms.normalValue') : t('alarms.limit'), perMinute)}
            value={draft.limit}
            example={signal ? `${signal.range[0]}–${signal.range[1]}` : ''}
            onChange={(limit) => set({ limit })}
          />
        )}
        {draft.kind !== 'off-normal' && (
          <TextField
            label={inUnit(t('alarms.deadband'), perMinute)}
            value={draft.deadband}
            example="0"
            onChange={(deadband) => set({ deadband })}
          />
        )}
        <TextField
          label={t('alarms.onDelay')}
          value={draft.onDelay}
          example="10 s"
          onChange={(onDelay) => set({ onDelay })}
        />
        <TextField
          label={t('alarms.offDelay')}
          value={draft.offDelay}
          example="10 s"
          onChange={(offDelay) => set({ offDelay })}
        />
        <Choice
          label={t('alarms.priority')}
          value={draft.priority}
          options={ALARM_PRIORITIES.map((priority) => [priority, t(`alarms.${priority}`)])}
          onChange={(priority) => set({ priority })}
        />
        <TextField
          label={t('alarms.maxShelf')}
          value={draft.maxShelf}
          example="8 h"
          onChange={(maxShelf) => set({ maxShelf })}
        />
        {!draft.isKnown && (
          <div className="wide">
            <TextField
              label={t('alarms.text')}
              value={draft.text}
              example={t('alarms.textExample')}
              onChange={(text) => set({ text })}
            />
          </div>
        )}
        <label className="check-row">
          <input
            type="checkbox"
            checked={draft.latching}
            onChange={(event) => set({ latching: event.target.checked })}
          />
          {t('alarms.latching')}
        </label>
        <label className="check-row">
          <input type="checkbox" checked={draft.enabled} onChange={(event) => set({ enabled: event.target.checked })} />
          {t('alarms.enabled')}
        </label>
      </div>
      <div className="row">
        <DeedButton className="btn primary" type="submit" isRunning={isRunning} isDisabled={!isReady}>
          {draft.isKnown ? t('alarms.save') : t('alarms.create')}
        </DeedButton>
        <Button className="btn" onPress={onClose}>
          {t('app.close')}
        </Button>
      </div>
      <OwnTools target={order.target} value={order.value} />
    </form>
  );
}
