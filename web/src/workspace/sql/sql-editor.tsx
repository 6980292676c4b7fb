import { SQL_TABLES, hasTime, type SqlTable } from '#contract/sql-tables.ts';
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { SQLite, sql } from '@codemirror/lang-sql';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { editorLook, editorTooltips } from '../../ui/editor-look.ts';
import type { FaultPlace } from '../rules/fault-place.ts';
import { useEditorText } from '../use-editor-text.ts';

export interface SqlEditorHandle {
  /** Puts a word where the cursor is, and goes on from there. */
  insert(word: string): void;
}

interface SqlEditorProps {
  readonly label: string;
  readonly value: string;
  readonly fault: FaultPlace | undefined;
  /** Offered after a quotation mark. */
  readonly paths: readonly string[];
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
  readonly ref: Ref<SqlEditorHandle>;
}

const schema = Object.fromEntries(
  (Object.keys(SQL_TABLES) as SqlTable[]).map((table) => [
    table,
    [...SQL_TABLES[table].map(({ name }) => name), ...(hasTime(table) ? ['time'] : [])],
  ]),
);
const language = sql({ dialect: SQLite, schema, upperCaseKeywords: true });

/** A query. It lives in a shadow root, where its styles need no leave of the content security policy. */
export function SqlEditor({ label, value, fault, paths, onChange, onRun, ref }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ onRun, paths });
  const first = useRef(value);
  const named = useRef(new Compartment());
  const heard = useEditorText(view, value, onChange);
  useEffect(() => {
    latest.current = { onRun, paths };
  });

  useEffect(() => {
    const place = host.current!;
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    const run = () => {
      latest.current.onRun();
      return true;
    };
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          ...[editorLook, editorTooltips, history(), closeBrackets(), lintGutter(), EditorView.lineWrapping, language],
          language.language.data.of({
            autocomplete: (context: { pos: number; matchBefore(e: RegExp): { from: number } | null }) => {
              const text = context.matchBefore(/'[\w.]*/);
              const options = latest.current.paths.map((path) => ({ label: path, type: 'constant' }));
              return text ? { from: text.from + 1, options, validFor: /^[\w.]*$/ } : null;
            },
          }),
          autocompletion({ icons: false }),
          named.current.of([]),
          // Tab goes on to the next field: nobody is caught here.
          keymap.of([{ key: 'Mod-Enter', run }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of(heard),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [heard]);

  useEffect(() => {
    const attributes = EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' });
    view.current?.dispatch({ effects: named.current.reconfigure(attributes) });
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const text = editor.state.doc.toString();
    const from = Math.min(fault?.at ?? 0, Math.max(0, text.length - 1));
    const word = /^[\w.]*/.exec(text.slice(from))?.[0].length ?? 0;
    const to = Math.min(from + Math.max(1, word), text.length);
    const message = `${fault?.message ?? ''} ${fault?.hint ?? ''}`;
    editor.dispatch(setDiagnostics(editor.state, fault ? [{ from, to, severity: 'error', message }] : []));
  }, [fault]);

  useImperativeHandle(ref, () => ({
    insert(word) {
      const editor = view.current;
      editor?.dispatch(editor.state.replaceSelection(word));
      editor?.focus();
    },
  }));

  return <div ref={host} className="sql-editor" />;
}
