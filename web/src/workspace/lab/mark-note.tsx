import type { Mark } from '#contract/lab-view.ts';
import { wallDayTime } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/marks.ts';

interface MarkNoteProps {
  readonly mark: Mark & { readonly judged?: number };
  readonly outOf: number;
}

/** Points that a person gave, when and why; of a check also what it had come to by itself. */
export function MarkNote({ mark: { points, reason, atMs, judged }, outOf }: MarkNoteProps) {
  const f = useFamily(family);
  const { language } = useWords();
  const given = f('given', { points, outOf, reason, time: wallDayTime(atMs, language) });
  return (
    <p className="mark note">
      {given} {judged !== undefined && f('judged', { judged })}
    </p>
  );
}
