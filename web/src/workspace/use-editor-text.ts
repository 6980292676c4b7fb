import type { EditorView, ViewUpdate } from '@codemirror/view';
import { type RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * Keeps an editor and the value of its form the same; the returned listener is for the editor's updates. What the form
 * hands back is what was typed a moment ago: it never replaces what was typed since.
 */
export function useEditorText(
  view: RefObject<EditorView | undefined>,
  value: string,
  onChange: (value: string) => void,
): (update: ViewUpdate) => void {
  const changed = useRef(onChange);
  /** Texts that the form was told and has not handed back yet. */
  const told = useRef<string[]>([]);
  useEffect(() => {
    changed.current = onChange;
  });
  useEffect(() => {
    const editor = view.current;
    const echo = told.current.lastIndexOf(value);
    told.current.splice(0, echo + 1);
    if (!editor || echo >= 0 || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    told.current = [];
  }, [view, value]);
  return useCallback(({ docChanged, state }) => {
    if (!docChanged) return;
    const text = state.doc.toString();
    told.current.push(text);
    changed.current(text);
  }, []);
}
