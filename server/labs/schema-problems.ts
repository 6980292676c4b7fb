import type { z } from 'zod';
import { nearest } from '#simulator/kernel/nearest.ts';
import { labSchema } from './format/json-schema.ts';
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
  return error.issues
    .flatMap((issue) => flatten(issue))
    .flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => {
          const like = nearest(key, knownKeys());
          const hint = like === undefined || like === key ? '' : `; did you mean "${like}"?`;
          return yaml.problemAt([...issue.path, key], 'unknown-key', `there is no "${key}" here${hint}`, {
            atKey: true,
          });
        });
      return [yaml.problemAt(issue.path, 'wrong-value', messageOf(issue))];
    });
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && / received undefined/.test(issue.message))
    return `"${String(issue.path.at(-1))}" is missing`;
  return issue.message.replace(/^Invalid (input|option): /, '');
}

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
