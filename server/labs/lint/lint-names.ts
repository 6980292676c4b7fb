import { compileChecks, fullName } from '../compile-checks.ts';
import { CAUSES } from '../judge/check.ts';
import { like, type Linting, type Path } from './tell.ts';

/** Steps, checks, hints and wrong attempts that name each other. */
export function lintNames({ lab, tell }: Linting): void {
  lintRoles(lab, tell);
  const steps = lab.steps.map(({ id }) => id);
  const known = (id: string, path: Path, atKey = false) => {
    if (!steps.includes(id)) tell(path, 'unknown-step', `there is no step "${id}"${like(id, steps)}`, { atKey });
  };
  const checks: string[] = [];
  for (const [k, step] of lab.steps.entries()) {
    if (steps.indexOf(step.id) !== k)
      tell(['steps', k, 'id'], 'twice', `there are two steps "${step.id}": give one another id`);
    if (step.id === 'run')
      tell(
        ['steps', k, 'id'],
        'reserved-name',
        '"run" is the word of `redraw` for a reset of the line: call the step otherwise',
      );
    if (step.checks.length === 0 && step.rubric.length === 0)
      tell(['steps', k], 'nothing-judged', `step "${step.id}" has neither checks nor a rubric`);
    const ids = step.rubric.map(({ id }) => id);
    ids.forEach((id, r) => {
      if (ids.indexOf(id) !== r)
        tell(['steps', k, 'rubric', r, 'id'], 'twice', `the rubric has two points "${id}": give one another id`);
    });
    for (const [c, check] of step.checks.entries()) {
      const path = ['steps', k, 'checks', c];
      for (const needed of [check.needs ?? []].flat().map((one) => fullName(step.id, one)))
        if (!checks.includes(needed))
          tell([...path, 'needs'], 'unknown-check', `no earlier check is called "${needed}"${like(needed, checks)}`);
      const name = `${step.id}.${check.id}`;
      if (checks.includes(name)) tell([...path, 'id'], 'twice', `there are two checks "${name}": give one another id`);
      checks.push(name);
    }
  }
  lab.pass.steps.forEach((id, k) => {
    known(id, ['pass', 'steps', k]);
    if (lab.steps.find((step) => step.id === id)?.checks.length === 0)
      tell(['pass', 'steps', k], 'nothing-judged', `step "${id}" has no checks, so nobody could pass`);
  });
  lab.hints.forEach(({ step }, k) => known(step, ['hints', k, 'step']));
  for (const [name, variable] of Object.entries(lab.vars))
    if (variable.redraw !== undefined && variable.redraw !== 'run') known(variable.redraw, ['vars', name, 'redraw']);
  for (const id of Object.keys(lab.solution)) known(id, ['solution', id], true);
  for (const id of steps)
    if (!lab.solution[id])
      tell(
        ['solution'],
        'no-solution',
        `the solution says nothing about step "${id}": write "${id}: []" if there is nothing to do`,
      );
  lintWrong(lab, checks, known, tell);
  const minutes = lab.steps.reduce((sum, step) => sum + step.minutes, 0);
  if (minutes !== lab.minutes)
    tell(['minutes'], 'minutes', `the steps take ${minutes} minutes, the lab says ${lab.minutes}`, {
      severity: 'warning',
    });
}

const EVERYBODY = ['anyone', 'each'];

/** Roles that checks name, and those that none does. */
function lintRoles({ roles, steps }: Linting['lab'], tell: Linting['tell']): void {
  const known = [...EVERYBODY, ...roles];
  const used = new Set<string>();
  for (const [k, step] of steps.entries())
    for (const [c, check] of step.checks.entries()) {
      if (!('by' in check)) continue;
      used.add(check.by);
      if (known.includes(check.by)) continue;
      const message = `the lab has no role "${check.by}"${like(check.by, known)}`;
      tell(['steps', k, 'checks', c, 'by'], 'unknown-role', message);
    }
  roles.forEach((role, k) => {
    if (EVERYBODY.includes(role)) tell(['roles', k], 'reserved-name', `"${role}" is no role: it means all members`);
    else if (roles.indexOf(role) !== k) tell(['roles', k], 'twice', `there are two roles "${role}"`);
    else if (!used.has(role))
      tell(['roles', k], 'unused-role', `no check is by "${role}"${like(role, used)}`, { severity: 'warning' });
  });
}

function lintWrong(
  lab: Linting['lab'],
  checks: readonly string[],
  known: (id: string, path: Path, atKey?: boolean) => void,
  tell: Linting['tell'],
): void {
  const ids = lab.wrong.map(({ id }) => id);
  const isJudged = lab.steps.some(({ checks: own }) => own.length > 0);
  if (ids.length === 0 && isJudged)
    tell(['wrong'], 'nothing-tried', 'no wrong attempt is given: which mistakes do you expect?', {
      severity: 'warning',
    });
  for (const [k, { id, instead, after, loses }] of lab.wrong.entries()) {
    if (ids.indexOf(id) !== k)
      tell(['wrong', k, 'id'], 'twice', `there are two wrong attempts "${id}": give one another id`);
    for (const step of Object.keys(instead)) known(step, ['wrong', k, 'instead', step], true);
    for (const step of Object.keys(after)) known(step, ['wrong', k, 'after', step], true);
    if (Object.keys(instead).length + Object.keys(after).length === 0)
      tell(['wrong', k], 'same-attempt', `"${id}" does nothing else than the solution: give "instead" or "after"`);
    for (const [n, check] of loses.entries())
      if (!checks.includes(check))
        tell(['wrong', k, 'loses', n], 'unknown-check', `there is no check "${check}"${likeCheck(check, checks)}`);
    lintTell(lab, k, tell);
  }
}

/** What a wrong attempt is told: a tell of the first check that it loses, or a cause that such a check can fail for. */
function lintTell(lab: Linting['lab'], k: number, tell: Linting['tell']): void {
  const { tells, loses } = lab.wrong[k];
  const [step, id] = loses[0]?.split('.') ?? [];
  const checks = lab.steps.find((one) => one.id === step)?.checks.filter((one) => one.id === id) ?? [];
  if (tells === undefined || checks.length === 0) return;
  const [check] = compileChecks(step, checks, { startUs: lab.cell.start });
  const known = [...(check.source === 'answers' ? check.tells.map((one) => one.id) : []), ...CAUSES[check.source]];
  if (!known.includes(tells))
    tell(['wrong', k, 'tells'], 'unknown-tell', `"${loses[0]}" tells nothing called "${tells}"${like(tells, known)}`);
}

/** A check is named with its step: `act.set`. */
function likeCheck(check: string, checks: readonly string[]): string {
  const whole = checks.find((one) => one.endsWith(`.${check}`));
  return whole === undefined ? like(check, checks) : `; did you mean "${whole}"?`;
}
