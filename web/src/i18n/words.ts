import type { Language } from '#contract/text.ts';
import { type English, type Key, en, sv } from './catalogue.ts';
import type { Family } from './use-family.ts';

const catalogue: Record<Language, Record<string, string>> = { en: { ...en }, sv: { ...sv } };

/** Words of a pane that few open come with the pane, not with the shell. */
export function addWords(family: Family<string>): void {
  Object.assign(catalogue.en, family.en);
  Object.assign(catalogue.sv, family.sv);
}

/** The names between braces in a sentence. */
type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
type Filling<K extends Key> = [Holes<English[K]>] extends [never]
  ? []
  : [fill: Record<Holes<English[K]>, string | number>];

/** Looks up a sentence; the compiler asks for exactly its holes. */
export type Words = <K extends Key>(key: K, ...fill: Filling<K>) => string;

export const words =
  (language: Language): Words =>
  (key, ...[fill]) =>
    catalogue[language][key].replace(/\{(\w+)\}/g, (_, name: string) =>
      String((fill as Record<string, string | number> | undefined)?.[name] ?? ''),
    );
