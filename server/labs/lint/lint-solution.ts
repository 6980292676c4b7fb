import { AppError } from '#server/errors.ts';
import { namedIn } from '#server/jobs/sql-named.ts';
import type { Action } from '../format/solution.ts';
import { lintExpression } from './lint-expression.ts';
import { like, type Linting, type Path } from './tell.ts';

/** The solution and the wrong attempts: only what a participant can see, and only names that are known by then. */
export function lintSolution(linting: Linting): void {
  const { lab } = linting;
  const known = new Set<string>(['shown']);
  for (const { id } of lab.steps) lintActions(linting, lab.solution[id] ?? [], id, ['solution', id], known);
  for (const [k, { instead, after }] of lab.wrong.entries())
    for (const [key, steps] of Object.entries({ instead, after }))
      for (const [step, actions] of Object.entries(steps))
        lintActions(linting, actions, step, ['wrong', k, key, step], new Set(known));
}

function lintActions(linting: Linting, actions: readonly Action[], step: string, path: Path, known: Set<string>): void {
  for (const [k, action] of actions.entries()) lintAction(linting, action, step, [...path, k], known);
}

function lintAction(linting: Linting, action: Action, step: string, path: Path, known: Set<string>): void {
  const { tell, cell, lab } = linting;
  const expression = (text: string, at: Path) =>
    void lintExpression(linting, text, at, { isOpen: true, more: [...known] });
  const text = (value: unknown, at: Path) => lintText(linting, value, at, known);
  if ('let' in action)
    for (const [name, value] of Object.entries(action.let)) {
      if (typeof value === 'string') expression(value, [...path, 'let', name]);
      known.add(name);
    }
  else if ('answer' in action) {
    const asks = Object.keys(lab.steps.find(({ id }) => id === step)?.ask ?? {});
    for (const [ask, value] of Object.entries(action.answer)) {
      if (!asks.includes(ask))
        tell([...path, 'answer', ask], 'unknown-ask', `step "${step}" asks nothing called "${ask}"${like(ask, asks)}`, {
          atKey: true,
        });
      text(value, [...path, 'answer', ask]);
    }
  } else if ('read' in action) {
    const { as, signal, over } = action.read;
    text(signal, [...path, 'read', 'signal']);
    if (over !== undefined) lintOver(linting, over, [...path, 'read', 'over']);
    known.add(as);
  } else if ('sql' in action) {
    const { as, query, over } = action.sql;
    lintQuery(linting, query, [...path, 'sql', 'query'], known);
    if (over !== undefined) lintOver(linting, over, [...path, 'sql', 'over']);
    known.add(as);
  } else if ('write' in action) {
    target(linting, action.write.to, [...path, 'write', 'to']);
    text(action.write.to, [...path, 'write', 'to']);
    text(action.write.value, [...path, 'write', 'value']);
  } else if ('call' in action) {
    target(linting, action.call.method, [...path, 'call', 'method']);
    text(action.call.method, [...path, 'call', 'method']);
    text(action.call.value, [...path, 'call', 'value']);
  } else if ('for' in action) {
    const { each, in: list, do: inner } = action.for;
    if (typeof list === 'string') expression(list, [...path, 'for', 'in']);
    const within = new Set([...known, each]);
    lintActions(linting, inner, step, [...path, 'for', 'do'], within);
    for (const name of within) if (name !== each) known.add(name);
  } else if ('runUntil' in action) {
    const { runUntil } = action;
    if ('cel' in runUntil && typeof runUntil.cel === 'string') expression(runUntil.cel, [...path, 'runUntil']);
    if ('event' in runUntil && cell && !cell.events.has(runUntil.event))
      tell(
        [...path, 'runUntil', 'event'],
        'unknown-event',
        `the cell has no event "${runUntil.event}"${like(runUntil.event, cell.events)}`,
      );
  } else if ('rule' in action) text(action.rule, [...path, 'rule']);
  else for (const one of Object.values(action)) if (isNaming(one)) known.add(one.as);
}

function lintOver({ names, tell }: Linting, over: string, path: Path): void {
  if (Object.hasOwn(names.windows, over)) return;
  tell(path, 'unknown-window', `there is no window "${over}"${like(over, Object.keys(names.windows))}`);
}

/** A query only reads, and a signal that it compares with is one of the line. */
function lintQuery(linting: Linting, query: string, path: Path, known: Set<string>): void {
  const { cell, tell } = linting;
  lintText(linting, query, path, known);
  try {
    const { texts } = namedIn(query.replace(/\$\{[^}]+\}/g, '1'));
    const all = cell && [...cell.signals.keys(), ...cell.events, ...cell.targets];
    for (const { value, pattern } of texts)
      if (all && pattern === undefined && /^[A-Z]\w*(?:\.\w+)+$/.test(value) && !all.includes(value))
        tell(path, 'unknown-signal', `the cell has no signal "${value}"${like(value, all)}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell(path, 'wrong-query', `${error.message} ${error.hint}`);
  }
}

const isNaming = (value: unknown): value is { as: string } =>
  typeof value === 'object' && value !== null && 'as' in value && typeof value.as === 'string';

/** A command that is written out must be one that a participant may give. */
function target({ cell, tell }: Linting, path: string, at: Path): void {
  if (!cell || path.includes('$') || cell.openTargets.has(path)) return;
  const rule = cell.targets.has(path) ? 'secret-in-solution' : 'unknown-command';
  const message = cell.targets.has(path)
    ? `"${path}" is not for participants`
    : `the cell has no command "${path}"${like(path, cell.openTargets)}`;
  tell(at, rule, message);
}

/** `$name` and `${expression}` in texts of the solution. */
function lintText(linting: Linting, value: unknown, path: Path, known: Set<string>): void {
  const { tell, lab, names } = linting;
  if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value))
      lintText(linting, one, [...path, Array.isArray(value) ? Number(key) : key], known);
    return;
  }
  if (typeof value !== 'string') return;
  for (const { 1: cel, index } of value.matchAll(/\$\{([^}]+)\}/g))
    lintExpression(linting, cel, path, { isOpen: true, more: [...known], offset: index + 2 });
  const [, name] = /^\$([a-z][A-Za-z0-9]*)/.exec(value) ?? [];
  if (name === undefined || known.has(name)) return;
  if (Object.hasOwn(lab.vars, name) || Object.hasOwn(names.derive, name))
    tell(path, 'secret-in-solution', `"$${name}" is drawn: a solution reads it from the screen, as "$shown.${name}"`);
  else tell(path, 'unknown-name', `the solution has not seen "$${name}"${like(name, known)}`);
}
