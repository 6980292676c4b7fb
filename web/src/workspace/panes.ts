import { useEffect } from 'react';

const PANES = '[data-pane]';

/** F6 and Shift+F6 go round the parts of the page, as in every desktop program. */
export function usePaneKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter((pane) => pane.offsetParent !== null);
      if (panes.length === 0) return;
      event.preventDefault();
      const here = panes.findIndex((pane) => pane.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      panes[(here + step + panes.length) % panes.length].focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
