import type { TextsFile } from '../format/texts.ts';
import type { LabProblem } from '../problem.ts';
import type { YamlFile } from '../yaml-file.ts';

/** So many words in a row are never the same in two languages. */
const FEW_WORDS = 4;

/** Sentences of the second language that are still those of the first one: they were copied and forgotten. */
export function lintTranslation(
  first: TextsFile,
  { yaml, value: second }: { readonly yaml: YamlFile; readonly value: TextsFile },
): LabProblem[] {
  const there = new Map(sentencesIn(first).map(({ path, text }) => [path.join('\n'), text]));
  return sentencesIn(second)
    .filter(({ path, text }) => there.get(path.join('\n')) === text && text.split(/\s+/).length >= FEW_WORDS)
    .map(({ path }) =>
      yaml.problemAt(path, 'untranslated', 'this is the same in both languages: translate it', { severity: 'warning' }),
    );
}

function sentencesIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
): { path: readonly PropertyKey[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentencesIn(inner, [...path, key]));
}
