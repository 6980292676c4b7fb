import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useSession } from '../live/use-session.ts';
import { Modal } from '../ui/modal.tsx';

interface RunUntilDialogProps {
  readonly onClose: () => void;
  readonly onRun: (simUs: number) => void;
}

/** `2026-11-23T08:30:00` for a plant instant; the plant keeps UTC. */
const inputText = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** Asks for a plant time between now and the wall clock. */
export function RunUntilDialog({ onClose, onRun }: RunUntilDialogProps) {
  const { t, language } = useWords();
  const { clock } = useSession();
  const id = useId();
  const [from] = useState(() => clock.epochMs(clock.nowUs()));
  const [to] = useState(() => clock.epochMs(clock.endUs()));
  const [text, setText] = useState(() => inputText(Math.min(to, from + 30 * 60_000)));
  const [isRefused, setRefused] = useState(false);
  const between = { from: plantDayTime(from, language), to: plantDayTime(to, language) };
  const run = () => {
    const ms = Date.parse(`${text}Z`);
    if (!(ms >= from && ms <= to)) {
      setRefused(true);
      return;
    }
    onRun(clock.usOf(ms));
    onClose();
  };
  return (
    <Modal title={t('until.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p className="muted">{t('until.note', between)}</p>
        <div className="field">
          <label htmlFor={id}>{t('until.label')}</label>
          <input
            id={id}
            className="input"
            type="datetime-local"
            step={1}
            value={text}
            min={inputText(from)}
            max={inputText(to)}
            aria-invalid={isRefused}
            aria-describedby={`${id}-problem`}
            onChange={(event) => setText(event.target.value)}
          />
          <span id={`${id}-problem`} className="echo problem" role="alert">
            {isRefused && t('until.invalid', between)}
          </span>
        </div>
        <div className="row acts">
          <Button className="btn" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button className="btn primary" type="submit">
            {t('until.go')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
