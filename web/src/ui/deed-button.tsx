import { Button, type ButtonProps } from 'react-aria-components';

interface DeedButtonProps extends Omit<ButtonProps, 'className' | 'isDisabled' | 'isPending'> {
  readonly className: string;
  /** It was pressed, and what it sets off is under way. */
  readonly isRunning: boolean;
}

/** A button of something that takes a while. Meanwhile it does nothing, but keeps the focus, which a disabled one loses. */
export const DeedButton = ({ className, isRunning, onPress, type, ...others }: DeedButtonProps) => (
  <Button
    {...others}
    className={isRunning ? `${className} running` : className}
    type={isRunning ? 'button' : (type ?? 'button')}
    onPress={(event) => !isRunning && onPress?.(event)}
  />
);
