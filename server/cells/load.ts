import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { AppError } from '#server/errors.ts';
import { Model } from '#simulator/cell/model.ts';
import { DefinitionError, type Problem } from '#simulator/cell/problem.ts';
import type { Definition, DefinitionInput } from '#simulator/cell/definition.ts';

/** Reads a plant definition from a YAML file. Throws an AppError that names everything wrong, by `file:line:column`. */
export function loadModel(file: string): Model {
  const lines = new LineCounter();
  const document = parseDocument(read(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col} ${message}`;
  };
  if (document.errors.length > 0) throw badDefinition(document.errors.map((error) => at(error.pos[0], error.message)));
  try {
    return new Model(withId(document.toJS(), file));
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const found = error.problems.map((problem) => ({ ...problem, offset: offsetOf(document, problem) }));
    found.sort((a, b) => a.offset - b.offset);
    throw badDefinition(found.map(({ offset, message }) => at(offset, message)));
  }
}

/** As `loadModel`, for those who only need the data: to patch it, or to hand it to a worker. */
export const loadDefinition = (file: string): Definition => loadModel(file).definition;

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new AppError(
      'no_definition',
      `Cannot read ${file}: ${reason}.`,
      'Name a file such as labs/cells/pump-line.yaml.',
    );
  }
}

/** A definition without an id is called as its file. */
function withId(data: unknown, file: string): DefinitionInput {
  const isRecord = typeof data === 'object' && data !== null && !Array.isArray(data);
  return (isRecord ? { id: basename(file).replace(/\.ya?ml$/, ''), ...data } : data) as DefinitionInput;
}

/** Where the key of a problem stands, or the nearest thing around it. */
function offsetOf(document: Document, { path }: Problem): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const wanted = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === wanted);
      if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node) && node.range) return node.range[0];
  }
  return 0;
}

const badDefinition = (messages: readonly string[]): AppError =>
  new AppError('bad_definition', messages.join('\n'), 'Correct the file and try again.');
