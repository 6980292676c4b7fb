import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { LabProblem } from './problem.ts';
import { yamlMessage } from './yaml-words.ts';

type Path = readonly PropertyKey[];

/** A YAML file that still knows where everything stands in it. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly LabProblem[];
  /** A problem at a place in the file, given by its path; at the key of the last part where `atKey` is set. */
  problemAt(path: Path, rule: string, message: string, more?: Where): LabProblem;
}

export interface Where {
  readonly atKey?: boolean;
  readonly severity?: 'error' | 'warning';
  /** Letters after the beginning of the text that stands there. */
  readonly inside?: number;
}

export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = withoutConsequences([...document.errors, ...document.warnings]).map(
    ({ code, message, pos }): LabProblem => {
      const place = at(pos[0]);
      const source = text.split('\n')[place.line - 1] ?? '';
      const said = yamlMessage(code, message, source.slice(0, place.column - 1));
      return { file, ...place, severity: 'error', rule: 'yaml', message: said, source };
    },
  );
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
    problemAt: (path, rule, message, { atKey = false, severity = 'error', inside } = {}) => {
      const offset = offsetOf(document.contents, path, atKey);
      const quoted = inside !== undefined && /["']/.test(text[offset] ?? '') ? 1 : 0;
      const place = at(offset + (inside ?? 0) + quoted);
      return { file, ...place, severity, rule, message, source: text.split('\n')[place.line - 1] ?? '' };
    },
  };
}

type Told = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/** What follows from a tab or from wrong indentation is no mistake of its own: then the first place is told, once. */
function withoutConsequences(errors: readonly Told[]): readonly Told[] {
  const tab = errors.find(({ code }) => code === 'TAB_AS_INDENT');
  if (tab) return [tab];
  // A key whose next line is indented deeper reads as a text that goes on there, and has a colon in it.
  const goesOn = errors.some(
    ({ code, pos }) =>
      code === 'MULTILINE_IMPLICIT_KEY' &&
      errors.some((other) => other.code === 'BLOCK_AS_IMPLICIT_KEY' && other.pos[0] === pos[0]),
  );
  if (!goesOn && !errors.some(({ code }) => code === 'BAD_INDENT')) return errors;
  const first = errors.reduce((one, other) => (other.pos[0] < one.pos[0] ? other : one));
  return [goesOn ? { ...first, code: 'BAD_INDENT' } : first];
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
