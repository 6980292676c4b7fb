import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { LabProblem } from './problem.ts';

type Path = readonly PropertyKey[];

/** A YAML file that still knows where everything stands in it. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly LabProblem[];
  /** A problem at a place in the file, given by its path; at the key of the last part where `atKey` is set. */
  problemAt(
    path: Path,
    rule: string,
    message: string,
    more?: { atKey?: boolean; severity?: 'error' | 'warning' },
  ): LabProblem;
}

export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }): LabProblem => {
    return { file, ...at(pos[0]), severity: 'error', rule: 'yaml', message };
  });
  // An alias may stand for itself many times over: a few lines would become gigabytes.
  visit(document, {
    Alias: (_, { range }) => {
      const message = 'aliases are not allowed: write it out';
      problems.push({ file, ...at(range?.[0] ?? 0), severity: 'error', rule: 'yaml', message });
    },
  });
  return {
    file,
    value: problems.length ? undefined : (document.toJS({ maxAliasCount: 0 }) as unknown),
    problems,
    problemAt: (path, rule, message, { atKey = false, severity = 'error' } = {}) => {
      const offset = offsetOf(document.contents, path, atKey);
      return { file, ...at(offset), severity, rule, message };
    },
  };
}

/** Where the node at the path begins; where a part of the path is missing, the nearest node around it. */
function offsetOf(root: Node | null, path: Path, atKey: boolean): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
      );
      if (!pair) return offset;
      const last = depth === path.length - 1;
      node = pair.value as Node | null;
      offset = (last && atKey ? (pair.key as Node).range?.[0] : (node ?? (pair.key as Node)).range?.[0]) ?? offset;
    } else if (isSeq(node)) {
      node = (node.items[Number(part)] as Node | undefined) ?? null;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** What zod says of the file, with places. Unknown keys stand at the key, with the known ones where one is like it. */
export function schemaProblems(yaml: YamlFile, error: z.ZodError): LabProblem[] {
  return error.issues
    .flatMap((issue) => flatten(issue))
    .flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) =>
          yaml.problemAt([...issue.path, key], 'unknown-key', `there is no "${key}" here`, { atKey: true }),
        );
      return [yaml.problemAt(issue.path, 'wrong-value', issue.message.replace(/^Invalid input: /, ''))];
    });
}

/** Of a union only the branch that came farthest is worth reading. */
function flatten(issue: z.core.$ZodIssue, base: Path = []): z.core.$ZodIssue[] {
  const here = { ...issue, path: [...base, ...issue.path] } as z.core.$ZodIssue;
  if (issue.code !== 'invalid_union' || !issue.errors.length) return [here];
  const branches = issue.errors.map((errors) => errors.flatMap((one) => flatten(one, here.path)));
  const fewest = branches.reduce((best, branch) => (weight(branch) < weight(best) ? branch : best));
  return fewest.length ? fewest : [here];
}
const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, { code }) => sum + (code === 'invalid_type' || code === 'invalid_value' ? 10 : 1), 0);
