import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { AskFile } from './format/asks.ts';
import type { CheckFile } from './format/checks.ts';
import type { LabFile } from './format/lab-file.ts';
import type { PublishedFile } from './format/published.ts';

/** Beside lab.yaml. */
export const PUBLISHED = 'published.yaml';

const HEAD = `# Written by "verkstad labs publish"; do not edit. Results refer to these ids: they keep their meaning.\n`;

/** What a lab is, in its ids and in a digest of all that is drawn, asked and judged. */
export function publicationOf(lab: LabFile): PublishedFile {
  return {
    version: lab.version,
    judged: digestOf(lab),
    steps: Object.fromEntries(
      lab.steps.map(({ id, ask, checks, rubric }) => [
        id,
        {
          ...(Object.keys(ask).length > 0 && { ask: mapped(Object.entries(ask), askMeaning) }),
          ...(checks.length > 0 && {
            checks: mapped(
              checks.map((check) => [check.id, check]),
              checkMeaning,
            ),
          }),
          ...(rubric.length > 0 && { rubric: rubric.map((point) => point.id) }),
        },
      ]),
    ),
  };
}

export const writePublication = (lab: LabFile): string => `${HEAD}${stringify(publicationOf(lab))}`;

const mapped = <T>(entries: readonly (readonly [string, T])[], meaningOf: (value: T) => string) =>
  Object.fromEntries(entries.map(([id, value]) => [id, meaningOf(value)]));

/** `number kWh`, `choice insert coolant`: what is asked for, not how precisely. */
const askMeaning = ({ type, unit, options = [] }: AskFile): string =>
  [type, ...(unit === undefined ? [] : [unit]), ...[...options].sort()].join(' ');

/** `answers good kwhPerPart`, `evidence history.read`: what is looked at, not what it must be. */
function checkMeaning(check: CheckFile): string {
  if ('sample' in check) return `sample ${check.answer}`;
  if ('answers' in check) return `answers ${Object.keys(check.answers).sort().join(' ')}`;
  if ('answer' in check) return `answers ${check.answer}`;
  if ('evidence' in check) return `evidence ${check.evidence}`;
  if ('config' in check) return `config ${check.config}`;
  if ('rule' in check) return `rule ${check.rule}`;
  if ('event' in check) return `event ${check.event}`;
  return 'firstTrue' in check ? 'condition' : 'signal';
}

/** Sentences, minutes, solution and proof are not in it: they change nothing for whoever is judged. */
function digestOf({ pass, cell, windows, vars, derive, where, scenario, steps, try: tries, roles }: LabFile): string {
  const asked = steps.map(({ id, ask, checks, rubric }) => ({ id, ask, checks, rubric }));
  const all = { pass, cell, windows, vars, derive, where, scenario, asked, tries, roles };
  return createHash('sha256').update(JSON.stringify(all, inOrder)).digest('hex').slice(0, 16);
}

/** Keys in one order, whatever that of the file. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
