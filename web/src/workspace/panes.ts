import { useEffect } from 'react';

const PANES = '[data-pane]';

/** F6 and Shift+F6 go round the parts of the page, as in every desktop program. */
export function usePaneKeys(): void {
  useEffect(() => {
    /** Where the keyboard was last: what had the focus may be gone. */
    let last: Element | null = null;
    const came = ({ target }: FocusEvent) => {
      last = (target as Element).closest(PANES) ?? last;
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter((pane) => pane.offsetParent !== null);
      if (panes.length === 0) return;
      event.preventDefault();
      const at = document.activeElement?.closest(PANES) ?? last;
      const here = panes.findIndex((pane) => pane === at);
      const step = event.shiftKey ? -1 : 1;
      panes[(here + step + panes.length) % panes.length].focus();
    };
    addEventListener('focusin', came);
    addEventListener('keydown', pressed);
    return () => {
      removeEventListener('focusin', came);
      removeEventListener('keydown', pressed);
    };
  }, []);
}

/** Focuses a part of the page that nobody asked for: its ring is shown from the next key on. */
export function focusQuietly(pane: HTMLElement): void {
  pane.dataset.quiet = '';
  pane.focus({ preventScroll: true });
  addEventListener('keydown', () => delete pane.dataset.quiet, { once: true, capture: true });
}
