import type { CellView } from '#contract/cell-view.ts';
import { useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import { RequestProblem, type Told, tell } from '../../live/problem.ts';
import { SessionContext } from '../../live/use-session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../use-words.ts';

type Swedish = Awaited<ReturnType<typeof load>>;

const load = () => import('./swedish.ts');

/** The sentences come once, with the first part of a page that might have to say one. */
let swedish: Swedish | undefined;
let coming: Promise<void> | undefined;
const waiting = new Set<() => void>();

function fetchSwedish(): void {
  coming ??= load().then(
    (come) => {
      swedish = come;
      for (const told of waiting) told();
    },
    () => {
      coming = undefined;
    },
  );
}

function useSwedish(): Swedish | undefined {
  const { language } = usePreferences();
  const isWanted = language === 'sv';
  useEffect(() => {
    if (isWanted) fetchSwedish();
  }, [isWanted]);
  const known = useSyncExternalStore(
    useCallback((told: () => void) => {
      waiting.add(told);
      return () => waiting.delete(told);
    }, []),
    () => swedish,
  );
  return isWanted ? known : undefined;
}

const ofCells = new WeakMap<CellView, ReadonlyMap<string, string>>();

/** What the commands of a line call the values that they want. */
function phrasesOf(cell: CellView): ReadonlyMap<string, string> {
  const known = ofCells.get(cell);
  if (known) return known;
  const small = (text: string) => text.replace(/^./, (first) => first.toLowerCase());
  const made = new Map(
    cell.stations
      .flatMap(({ commands }) => commands)
      .flatMap(({ wants }) => (wants ? [wants.text] : []))
      .map(({ en, sv }) => [en.toLowerCase(), small(sv)] as const),
  );
  ofCells.set(cell, made);
  return made;
}

/** `2:8: No such column ...` and what is drawn below it: the place stays where an editor reads it. */
const PLACED = /^(\d+:\d+: )?([^\n]*)/;

/** A sentence of the server in the language of the reader. `lang` is there where it is in another one. */
export interface Said {
  readonly text: string;
  readonly lang?: 'en';
}

/** Says what a server answered in words: the reason of a refusal, with its code before it where the words are foreign. */
export function useSaid(): (text: string, code?: string) => Said {
  const known = useSwedish();
  const cell = useContext(SessionContext)?.cell;
  return useCallback(
    (text: string, code?: string): Said => {
      if (!known || text === '') return { text };
      const said = known.swedish(text, cell && phrasesOf(cell));
      if (said !== undefined) return { text: said };
      const word = code === undefined ? undefined : known.swedishCode(code);
      return word === undefined ? { text, lang: 'en' } : { text: text.replace(PLACED, `$1${word} (”$2”)`) };
    },
    [known, cell],
  );
}

/** Any failure in words, in the language of the reader: what happened, and what to do now. */
export function useTold(): (problem: unknown) => Told {
  const { t } = useWords();
  const say = useSaid();
  return useCallback(
    (problem: unknown): Told => {
      const told = tell(problem, t);
      if (!(problem instanceof RequestProblem) || told !== problem) return told;
      return { detail: say(told.detail, problem.code).text, hint: say(told.hint).text };
    },
    [t, say],
  );
}
