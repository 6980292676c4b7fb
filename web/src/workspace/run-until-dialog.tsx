import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { plantDayTime } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useSession } from '../live/use-session.ts';
import { Modal } from '../ui/modal.tsx';
import { momentText, readMoment } from './moment-text.ts';

interface RunUntilDialogProps {
  readonly onClose: () => void;
  readonly onRun: (simUs: number) => void;
}

/** Asks for a plant time between now and the wall clock. */
export function RunUntilDialog({ onClose, onRun }: RunUntilDialogProps) {
  const { t, language } = useWords();
  const { clock } = useSession();
  const id = useId();
  const [from] = useState(() => clock.epochMs(clock.nowUs()));
  const [to] = useState(() => clock.epochMs(clock.endUs()));
  const [text, setText] = useState(() => momentText(Math.min(to, from + 30 * 60_000)));
  const [isRefused, setRefused] = useState(false);
  const between = { from: plantDayTime(from, language), to: plantDayTime(to, language) };
  const run = () => {
    const ms = readMoment(text, from);
    if (ms === undefined || ms < from || ms > to) {
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
            className="input mono"
            value={text}
            autoComplete="off"
            spellCheck={false}
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
