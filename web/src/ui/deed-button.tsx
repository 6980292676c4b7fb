import { useState } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';

interface DeedButtonProps extends Omit<ButtonProps, 'className' | 'isPending'> {
  readonly className: string;
  /** It was pressed, and what it sets off is under way. */
  readonly isRunning: boolean;
}

/**
 * A button of something that takes a while. Meanwhile it does nothing, but keeps the focus, which a disabled one loses;
 * and if afterwards there is nothing more to do, it is disabled once the focus has gone on.
 */
export function DeedButton({ className, isRunning, isDisabled = false, onPress, type, ...others }: DeedButtonProps) {
  const [hasFocus, setFocus] = useState(false);
  const isSpent = isDisabled && hasFocus;
  const rests = isRunning || isSpent;
  return (
    <Button
      {...others}
      className={[className, isRunning && 'running', isSpent && !isRunning && 'spent'].filter(Boolean).join(' ')}
      type={rests ? 'button' : (type ?? 'button')}
      isDisabled={isDisabled && !rests}
      aria-disabled={rests}
      onFocusChange={setFocus}
      onPress={(event) => !rests && onPress?.(event)}
    />
  );
}
