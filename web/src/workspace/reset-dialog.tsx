import { Button } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { Modal } from '../ui/modal.tsx';

interface ResetDialogProps {
  readonly onClose: () => void;
  readonly onReset: () => void;
}

export function ResetDialog({ onClose, onReset }: ResetDialogProps) {
  const { t } = useWords();
  return (
    <Modal title={t('reset.title')} onClose={onClose}>
      <p>{t('reset.text')}</p>
      <div className="row acts">
        <Button className="btn" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          className="btn primary"
          onPress={() => {
            onReset();
            onClose();
          }}
        >
          {t('reset.go')}
        </Button>
      </div>
    </Modal>
  );
}
