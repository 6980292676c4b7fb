import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal as AriaModal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/use-words.ts';
import { Cross } from './icons.tsx';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  /** For pictures and tables. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the page: focus stays inside, Escape or a click beside it closes it. */
export function Modal({ title, onClose, isWide = false, children }: ModalProps) {
  const { t } = useWords();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AriaModal className={isWide ? 'modal wide' : 'modal'}>
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <Button className="btn ghost icon close" aria-label={t('app.close')} onPress={onClose}>
            <Cross />
          </Button>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
