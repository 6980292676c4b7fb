import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useDeed } from '../../live/use-ask.ts';
import { DeedButton } from '../../ui/deed-button.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Modal } from '../../ui/modal.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface ResetStepDialogProps {
  readonly title: string;
  readonly reset: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Says what goes and what stays before a step begins anew. */
export function ResetStepDialog({ title, reset, onClose }: ResetStepDialogProps) {
  const { t } = useWords();
  const deed = useDeed(
    useCallback(async () => {
      await reset();
      announce(t('lab.resetDone'));
      onClose();
    }, [reset, t, onClose]),
  );
  return (
    <Modal title={t('lab.resetTitle')} onClose={onClose}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{t('lab.resetText')}</p>
      <ProblemNote problem={deed.problem} />
      <div className="row acts">
        <Button className="btn" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <DeedButton className="btn primary" isRunning={deed.isRunning} onPress={() => void deed.run()}>
          {t('lab.resetGo')}
        </DeedButton>
      </div>
    </Modal>
  );
}
