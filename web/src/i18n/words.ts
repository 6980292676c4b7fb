import type { Language } from '#contract/text.ts';
import { type Key, en, sv } from './catalogue.ts';

const catalogue = { en, sv } as const;

/** The names between braces in a sentence. */
type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
type Filling<K extends Key> = [Holes<(typeof en)[K]>] extends [never]
  ? []
  : [fill: Record<Holes<(typeof en)[K]>, string | number>];

/** Looks up a sentence; the compiler asks for exactly its holes. */
export type Words = <K extends Key>(key: K, ...fill: Filling<K>) => string;

export const words =
  (language: Language): Words =>
  (key, ...[fill]) =>
    catalogue[language][key].replace(/\{(\w+)\}/g, (_, name: string) =>
      String((fill as Record<string, string | number> | undefined)?.[name] ?? ''),
    );
