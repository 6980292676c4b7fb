import type { AttemptView } from '#contract/lab-view.ts';
import { useFamily } from '../../i18n/use-family.ts';
import * as family from '../../i18n/words/marks.ts';

/** Who works on the attempt, and what people gave for it; nothing for whoever works alone at what no person judges. */
export function PeopleNotes({ attempt: { team, rubric } }: { readonly attempt: AttemptView }) {
  const f = useFamily(family);
  const role = team?.find(({ isMe }) => isMe)?.role;
  return (
    <>
      {team && (
        <p className="muted small">{f(role === undefined ? 'team' : 'teamRole', { count: team.length, role })}</p>
      )}
      {rubric && rubric.outOf > 0 && isLookedAt(rubric) && (
        <p className="muted small">{f(rubric.open > 0 ? 'rubricOpen' : 'rubric', rubric)}</p>
      )}
    </>
  );
}

const isLookedAt = ({ points, open }: NonNullable<AttemptView['rubric']>): boolean => points > 0 || open === 0;
