import { EditorView, tooltips } from '@codemirror/view';

/** Of every editor, by the tokens of the theme. */
export const editorLook = EditorView.theme({
  '&': {
    fontSize: '13px',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-content': { fontFamily: 'var(--f-mono)', padding: '6px 2px', caretColor: 'var(--text)', minHeight: '2.6em' },
  '.cm-scroller': { lineHeight: '1.5' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-2)', border: 'none', borderRadius: '6px 0 0 6px' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--accent-soft) !important' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--fault)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--f-mono)', fontSize: '12px', maxHeight: '14em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.4' },
  '.cm-completionMatchedText': { fontWeight: '650', textDecoration: 'none' },
  '.cm-lint-marker': { width: '9px', height: '9px', marginTop: '5px' },
  '.cm-lint-marker-error': {
    content: 'normal',
    backgroundColor: 'var(--fault)',
    clipPath: 'polygon(50% 0, 100% 50%, 50% 100%, 0 50%)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: 0.85, fontStyle: 'normal' },
  '.cm-completionInfo': { padding: '6px 8px', fontSize: '12px', maxWidth: '260px' },
  // Where there is no room beside the list it would lie over what it explains.
  '.cm-completionInfo.cm-completionInfo-right-narrow': {
    top: '100% !important',
    bottom: 'auto !important',
    left: '-1px',
  },
  // Here in the shadow the page's own rule for what is chosen does not reach.
  '@media (forced-colors: active)': {
    '.cm-tooltip-autocomplete ul li[aria-selected]': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  // A phone has no room for it.
  '@media (max-width: 799px)': { '.cm-completionInfo': { display: 'none' } },
  '.cm-diagnostic': { padding: '6px 8px', fontSize: '12px', borderLeft: '4px solid var(--fault)' },
});

/** Lists of completions and what explains them stay within the part of the page that cuts off what goes beyond it. */
export const editorTooltips = tooltips({
  tooltipSpace: ({ dom }) => {
    const root = dom.getRootNode();
    const { left, top, right, bottom } = cutBy(root instanceof ShadowRoot ? root.host : dom).getBoundingClientRect();
    return {
      ...{ left: Math.max(0, left), top: Math.max(0, top) },
      ...{ right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom) },
    };
  },
});

function cutBy(element: Element): Element {
  const root = document.documentElement;
  let at = element;
  while (at !== root && getComputedStyle(at).overflowY === 'visible') at = at.parentElement ?? root;
  return at;
}
