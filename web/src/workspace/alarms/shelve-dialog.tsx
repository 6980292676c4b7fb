import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { Modal } from '../../ui/modal.tsx';
import { Choice } from '../form-fields.tsx';
import { OwnTools } from '../own-tools.tsx';

interface ShelveDialogProps {
  readonly id: string;
  readonly onShelve: (length: string) => void;
  readonly onClose: () => void;
}

const LENGTHS = ['5 min', '30 min', '1 h', '2 h', '8 h'] as const;

/** For how long an alarm is to be set aside; then it comes back by itself. */
export function ShelveDialog({ id, onShelve, onClose }: ShelveDialogProps) {
  const { t } = useWords();
  const [length, setLength] = useState<string>('30 min');
  return (
    <Modal title={t('alarms.shelveNamed', { id })} onClose={onClose}>
      <p>{t('alarms.shelveLead')}</p>
      <Choice
        label={t('alarms.shelveFor')}
        value={length}
        options={LENGTHS.map((each) => [each, each])}
        onChange={setLength}
      />
      <div className="row acts">
        <Button className="btn" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button className="btn primary" onPress={() => onShelve(length)}>
          {t('alarms.shelve')}
        </Button>
      </div>
      <OwnTools target="Alarms.Shelve" value={{ alarm: id, for: length }} />
    </Modal>
  );
}
