import { useCallback, useId, useState } from 'react';
import { Form } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import type { Account } from '../live/account.ts';
import { useDeed } from '../live/use-ask.ts';
import { DeedButton } from './deed-button.tsx';
import { ProblemNote } from './problem-note.tsx';
import './sign-in-form.css';

interface SignInFormProps {
  readonly account: Account;
  /** Nothing else on the screen matters more. */
  readonly isMain?: boolean;
  readonly onDone: () => void;
}

/** Name and key, as for one's own tools. Whoever was here until now finds them filled in. */
export function SignInForm({ account, isMain = false, onDone }: SignInFormProps) {
  const { t } = useWords();
  const { formerly, signIn } = account;
  const [name, setName] = useState(formerly?.id ?? '');
  const [key, setKey] = useState(formerly?.key ?? '');
  const id = useId();
  const enter = useDeed(
    useCallback(async () => {
      await signIn(name.trim(), key.trim());
      onDone();
    }, [signIn, name, key, onDone]),
  );
  return (
    <Form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void enter.run();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('account.user')}</label>
        <input
          id={`${id}-name`}
          className="input mono"
          value={name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-key`}>{t('account.key')}</label>
        <input
          id={`${id}-key`}
          className="input mono"
          type="password"
          value={key}
          autoComplete="current-password"
          required
          onChange={(event) => setKey(event.target.value)}
        />
      </div>
      <DeedButton className={isMain ? 'btn primary' : 'btn'} type="submit" isRunning={enter.isRunning}>
        {enter.isRunning ? t('signIn.going') : t('signIn.go')}
      </DeedButton>
      <ProblemNote problem={enter.problem} />
    </Form>
  );
}
