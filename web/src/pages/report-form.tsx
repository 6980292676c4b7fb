import { type SubmitEvent, useCallback, useRef, useState } from 'react';
import { wallDayTime } from '../i18n/format.ts';
import { useFamily } from '../i18n/use-family.ts';
import { useWords } from '../i18n/use-words.ts';
import * as family from '../i18n/words/accessibility.ts';
import { call } from '../live/api.ts';
import { useDeed } from '../live/use-ask.ts';
import { DeedButton } from '../ui/deed-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

const NOTHING = { text: '', page: '', contact: '' };

/** What somebody writes stays in the form until the server has it. */
export function ReportForm() {
  const t = useFamily(family);
  const { language } = useWords();
  const [written, setWritten] = useState(NOTHING);
  const [sentMs, setSentMs] = useState<number>();
  const [isEmpty, setEmpty] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const send = useDeed(
    useCallback(async () => {
      const { receivedMs } = await call('report', { body: written });
      setSentMs(receivedMs);
      setWritten(NOTHING);
    }, [written]),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacksText = written.text.trim() === '';
    setEmpty(lacksText);
    setSentMs(undefined);
    if (lacksText) text.current?.focus();
    else void send.run();
  };
  const write = (name: keyof typeof NOTHING) => (event: { readonly target: { readonly value: string } }) =>
    setWritten({ ...written, [name]: event.target.value });
  return (
    <form aria-labelledby="report" noValidate onSubmit={submit}>
      <div className="field">
        <label htmlFor="report-text">{t('text')}</label>
        <textarea
          {...{ id: 'report-text', className: 'input', rows: 5, maxLength: 4000, required: true, ref: text }}
          aria-invalid={isEmpty}
          aria-describedby="report-problem"
          value={written.text}
          onChange={write('text')}
        />
        <span id="report-problem" className="echo problem">
          {isEmpty && t('empty')}
        </span>
      </div>
      <div className="field">
        <label htmlFor="report-page">{t('where')}</label>
        <input id="report-page" className="input" maxLength={200} value={written.page} onChange={write('page')} />
      </div>
      <div className="field">
        <label htmlFor="report-contact">{t('contact')}</label>
        <input
          {...{ id: 'report-contact', className: 'input', maxLength: 200, autoComplete: 'email' }}
          value={written.contact}
          onChange={write('contact')}
        />
      </div>
      <DeedButton className="btn primary" type="submit" isRunning={send.isRunning}>
        {send.isRunning ? t('sending') : t('send')}
      </DeedButton>
      <div role="status">
        {sentMs !== undefined && <p className="note ok">{t('sent', { date: wallDayTime(sentMs, language) })}</p>}
      </div>
      <ProblemNote problem={send.problem} />
    </form>
  );
}
