import type { PaneAbilities, PaneField } from '#contract/opcua-pane-deeds.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../live/api.ts';
import { type Asked, useDeed } from '../../live/use-ask.ts';
import { useSession } from '../../live/use-session.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Outcome } from './outcome.tsx';
import { isSendable, TypedField } from './typed-field.tsx';
import type { Abilities } from './use-abilities.ts';

interface NodeDeedsProps {
  readonly nodeId: string;
  /** After a write: what was read before is old. */
  readonly onDone: () => void;
}

/** What can be done with the chosen node: write it, call it. */
export function NodeDeeds({
  nodeId,
  abilities: { answer, problem, ask },
  onDone,
}: NodeDeedsProps & { readonly abilities: Asked<Abilities | undefined> }) {
  return (
    <>
      <ProblemNote problem={problem} onRetry={ask} />
      {answer?.write && <WriteForm nodeId={nodeId} field={answer.write} onDone={onDone} />}
      {answer?.call && <CallForm nodeId={nodeId} method={answer.call} />}
    </>
  );
}

function WriteForm({ nodeId, field, onDone }: NodeDeedsProps & { readonly field: PaneField }) {
  const { t } = useWords();
  const { cell } = useSession();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof send>>>();
  const send = (value: string) => call('paneWrite', { params: { cell: cell.id }, body: { nodeId, value } });
  const write = useDeed(async () => {
    setOutcome(undefined);
    setOutcome(await send(text));
    onDone();
  });
  return (
    <form
      className="node-deed"
      onSubmit={(event) => {
        event.preventDefault();
        void write.run();
      }}
    >
      <TypedField field={field} label={t('opcua.newValue')} text={text} onText={setText} />
      <DeedButton
        className="btn primary"
        type="submit"
        isRunning={write.isRunning}
        isDisabled={!isSendable(field, text)}
      >
        {t('opcua.write')}
      </DeedButton>
      <Outcome outcome={outcome} />
      <ProblemNote problem={write.problem} />
    </form>
  );
}

interface CallFormProps {
  readonly nodeId: string;
  readonly method: NonNullable<PaneAbilities['call']>;
}

function CallForm({ nodeId, method: { objectId, inputs } }: CallFormProps) {
  const { t } = useWords();
  const { cell } = useSession();
  const [texts, setTexts] = useState<readonly string[]>(() => inputs.map(() => ''));
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof send>>>();
  const send = () => call('paneCall', { params: { cell: cell.id }, body: { objectId, nodeId, inputs: [...texts] } });
  const deed = useDeed(async () => {
    setOutcome(undefined);
    setOutcome(await send());
  });
  const isReady = inputs.every((field, k) => isSendable(field, texts[k]));
  return (
    <form
      className="node-deed"
      onSubmit={(event) => {
        event.preventDefault();
        void deed.run();
      }}
    >
      {inputs.length === 0 && <p className="muted small">{t('opcua.noInputs')}</p>}
      {inputs.map((field, k) => (
        <TypedField
          key={field.name}
          field={field}
          label={field.name}
          text={texts[k]}
          onText={(text) => setTexts(texts.with(k, text))}
        />
      ))}
      <DeedButton className="btn primary" type="submit" isRunning={deed.isRunning} isDisabled={!isReady}>
        {t('opcua.call')}
      </DeedButton>
      <Outcome outcome={outcome} />
      <ProblemNote problem={deed.problem} />
    </form>
  );
}
