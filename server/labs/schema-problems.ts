import type { z } from 'zod';
import { nearest } from '#simulator/kernel/nearest.ts';
import { labSchema } from './format/json-schema.ts';
import { ACTIONS } from './format/solution.ts';
import type { LabProblem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

type Path = readonly PropertyKey[];

let known: readonly string[] | undefined;
/** All keys that the format has anywhere. */
function knownKeys(): readonly string[] {
  if (known === undefined) {
    const keys = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name);
        visit(value);
      }
    };
    visit(labSchema());
    known = [...keys, 'words', 'fail', 'pass', 'tells', 'title', 'hints', 'options', 'rubric'];
  }
  return known;
}

/** What zod says of the file, with places. Unknown keys stand at the key, with the known one that is like it. */
export function schemaProblems(yaml: YamlFile, error: z.ZodError): LabProblem[] {
  const issues = error.issues.flatMap((issue) => flatten(issue));
  const strange = new Set(issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('.')] : [])));
  return issues
    .filter(({ path }) => !(actionsAt(path.slice(0, -1)) && strange.has(path.slice(0, -1).join('.'))))
    .flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => {
          if (/^\d/.test(key)) {
            const message = `"${key}" stands alone here: a decimal number has a point, not a comma`;
            return yaml.problemAt([...issue.path, key], 'unknown-key', message, { atKey: true });
          }
          const like = nearest(key, knownKeys());
          const hint =
            actionHint(key, issue.path) ?? (like === undefined || like === key ? '' : `; did you mean "${like}"?`);
          return yaml.problemAt([...issue.path, key], 'unknown-key', `there is no "${key}" here${hint}`, {
            atKey: true,
          });
        });
      return [yaml.problemAt(issue.path, 'wrong-value', messageOf(issue, valueAt(yaml.value, issue.path)))];
    });
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && / received undefined/.test(issue.message))
    return `"${String(issue.path.at(-1))}" is missing`;
  if (issue.code === 'invalid_value') return valueMessage(issue.values.map(String), value);
  if (issue.code === 'too_small' && issue.origin === 'number')
    return `a number above ${String(issue.minimum)} is wanted`;
  if (issue.code !== 'invalid_type') return issue.message.replace(/^Invalid (input|option): /, '');
  const { expected } = issue;
  if (expected === 'int') return 'expected a whole number';
  const [alone] = /^-?\d+(\.\d+)?/.exec(String(value)) ?? [];
  if (expected === 'number' && typeof value === 'string')
    return `expected number, received a text${alone === undefined ? '' : `: write ${alone} alone`}`;
  if (expected === 'array' && typeof value === 'string') return `expected a list: [${value}]`;
  return issue.message.replace(/^Invalid (input|option): /, '');
}

const TRUE = /^(yes|on|ja|sant?)$/i;

function valueMessage(known: readonly string[], value: unknown): string {
  const written = typeof value === 'string' ? `"${value}"` : String(value);
  if (typeof value === 'string' && known.includes('true') && TRUE.test(value)) return `write true, not ${written}`;
  const like = nearest(String(value), known);
  const hint = like === undefined ? '' : `; did you mean "${like}"?`;
  return `${written} is none of ${known.join(', ')}${hint}`;
}

function actionHint(key: string, path: Path): string | undefined {
  const actions = actionsAt(path);
  if (actions === undefined || actions.includes(key)) return undefined;
  const like = nearest(key, actions);
  return `${like === undefined ? '' : `; did you mean "${like}"?`}; the actions are ${actions.join(', ')}`;
}

/** The actions, where the path is one of a solution or of a wrong attempt. */
function actionsAt(path: Path): readonly string[] | undefined {
  const isAction =
    typeof path.at(-1) === 'number' && (path[0] === 'solution' || path[0] === 'wrong') && path.length > 2;
  return isAction ? ACTIONS : undefined;
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** Of a union only the branch that came farthest is worth reading. */
function flatten(issue: z.core.$ZodIssue, base: Path = []): z.core.$ZodIssue[] {
  const here = { ...issue, path: [...base, ...issue.path] } as z.core.$ZodIssue;
  if (issue.code !== 'invalid_union' || !issue.errors.length) return [here];
  const branches = issue.errors.map((errors) => errors.flatMap((one) => flatten(one, here.path)));
  const fewest = branches.reduce((best, branch) => (weight(branch) < weight(best) ? branch : best));
  return fewest.length ? fewest : [here];
}

/** A key too much or too few tells more of a wrong branch than a value that is not right. */
const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 3 * issue.keys.length;
    return sum + (issue.code === 'invalid_type' || issue.code === 'invalid_value' ? 4 : 1);
  }, 0);
