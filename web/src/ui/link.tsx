import type { ReactNode } from 'react';
import { go } from './place.ts';

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  /** It leads to where the reader is already. */
  readonly isHere?: boolean;
  readonly children: ReactNode;
}

/** A link to another screen of the product; the page is not loaded anew. */
export const Link = ({ to, className, isHere = false, children }: LinkProps) => (
  <a
    href={to}
    className={className}
    aria-current={isHere ? 'page' : undefined}
    onClick={(event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go(to);
    }}
  >
    {children}
  </a>
);
