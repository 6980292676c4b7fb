import type { SignalView } from '#contract/cell-view.ts';
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { editorLook, editorTooltips } from '../../ui/editor-look.ts';
import { useEditorText } from '../use-editor-text.ts';
import { completionOf } from './cel-completion.ts';
import type { FaultPlace } from './fault-place.ts';

interface CelEditorProps {
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly fault: FaultPlace | undefined;
  readonly signals: readonly SignalView[];
  readonly onChange: (value: string) => void;
}

/** A few lines of CEL. It lives in a shadow root, where its styles need no leave of the content security policy. */
export function CelEditor({ label, value, example, fault, signals, onChange }: CelEditorProps) {
  const speech = useWords();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const first = useRef({ value, example, label });
  const spoken = useRef(new Compartment());
  const heard = useEditorText(view, value, onChange);

  useEffect(() => {
    const place = host.current!;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          ...[
            editorLook,
            editorTooltips,
            history(),
            closeBrackets(),
            lintGutter(),
            EditorView.lineWrapping,
            placeholder(first.current.example),
          ],
          spoken.current.of([]),
          // Tab goes on to the next field: nobody is caught here.
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of(heard),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [heard]);

  useEffect(() => {
    view.current?.dispatch({
      effects: spoken.current.reconfigure([
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        autocompletion({ override: [completionOf(signals, speech)], icons: false }),
      ]),
    });
  }, [label, signals, speech]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { length } = editor.state.doc;
    const from = Math.min(fault?.at ?? 0, Math.max(0, length - 1));
    const to = fault ? from + Math.max(1, wordAt(editor.state.doc.toString(), from)) : 0;
    const found = fault
      ? [{ from, to: Math.min(to, length), severity: 'error' as const, message: `${fault.message} ${fault.hint}` }]
      : [];
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [fault]);

  return <div ref={host} className="cel-editor" />;
}

const wordAt = (text: string, from: number): number => /^[\w.]*/.exec(text.slice(from))?.[0].length ?? 0;
