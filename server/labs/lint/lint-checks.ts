import { fitsGlob } from '#contract/glob.ts';
import { isCommandOf } from '../compile-checks.ts';
import type { CheckFile } from '../format/checks.ts';
import type { StepFile } from '../format/lab-file.ts';
import type { Instant } from '../format/words.ts';
import type { Reference } from '../judge/check.ts';
import type { Tolerance } from '../judge/tolerance.ts';
import { pathOf } from '../judge/reference.ts';
import { convert, findUnit, UNITS } from '../judge/units.ts';
import { lintExpression } from './lint-expression.ts';
import { valuesOf } from './lint-references.ts';
import { firstOf } from './lint-scenario.ts';
import { lintTolerance } from './lint-tolerance.ts';
import { like, type Linting, type Path } from './tell.ts';

/** Fields and checks of all steps. */
export function lintChecks(linting: Linting): void {
  for (const [k, step] of linting.lab.steps.entries()) {
    lintAsks(linting, step, ['steps', k]);
    const judged = new Set<string>();
    for (const [c, check] of step.checks.entries()) {
      lintCheck(linting, check, step, ['steps', k, 'checks', c]);
      if ('answer' in check) judged.add(check.answer);
      if ('answers' in check) for (const ask of Object.keys(check.answers)) judged.add(ask);
    }
    for (const [ask, { type }] of Object.entries(step.ask))
      if (!judged.has(ask) && step.rubric.length === 0 && !isUsed(linting, ask))
        linting.tell(['steps', k, 'ask', ask], 'unused-ask', `nothing judges "${ask}" (${type})`, {
          severity: 'warning',
          atKey: true,
        });
  }
}

const isUsed = ({ lab }: Linting, ask: string): boolean => JSON.stringify(lab.steps).includes(`answers.${ask}`);

function likeUnit(unit: string): string {
  const same = UNITS.find((one) => one.toLowerCase() === unit.toLowerCase());
  return same === undefined ? like(unit, UNITS) : `; did you mean "${same}"?`;
}

function lintAsks({ tell }: Linting, step: StepFile, path: Path): void {
  for (const [id, ask] of Object.entries(step.ask)) {
    const at = [...path, 'ask', id];
    const { type, unit, options, accept = [], min, max, columns } = ask;
    if ((type === 'choice' || type === 'choices') && (options?.length ?? 0) < 2)
      tell(at, 'no-options', `"${id}" is a choice: give two or more "options"`);
    if (type === 'table' && !columns) tell(at, 'no-columns', `"${id}" is a table: give its "columns"`);
    if (min !== undefined && max !== undefined && min >= max)
      tell([...at, 'max'], 'empty-range', `"${id}" has its smallest value above its largest`);
    if (unit !== undefined && unit !== '1' && findUnit(unit) === undefined)
      tell([...at, 'unit'], 'unknown-unit', `"${unit}" is no unit that answers can be typed in${likeUnit(unit)}`);
    accept.forEach((other, k) => {
      if (findUnit(unit ?? '1') !== undefined && convert(1, other, unit ?? '') === undefined)
        tell([...at, 'accept', k], 'wrong-unit', `"${other}" cannot be converted to "${unit ?? ''}"`);
    });
  }
}

function lintCheck(linting: Linting, check: CheckFile, step: StepFile, path: Path): void {
  const { tell, names, cell, lab } = linting;
  const window = (name: string | undefined, at: Path) => {
    if (name !== undefined && !Object.hasOwn(names.windows, name))
      tell(at, 'unknown-window', `there is no window "${name}"${like(name, Object.keys(names.windows))}`);
  };
  const instant = (at: Instant | undefined, key: string) => {
    if (at && 'cel' in at) lintExpression(linting, at.cel, [...path, key]);
  };
  if ('sample' in check) {
    if (step.ask[check.answer]?.type !== 'message')
      tell([...path, 'answer'], 'unknown-ask', `the step asks for no message called "${check.answer}"`);
    return;
  }
  if ('answer' in check || 'answers' in check) {
    lintAnswers(linting, check, step, path);
    return;
  }
  if ('config' in check) {
    const known = pathOf(check.config, { drawn: firstOf(lab) });
    if (cell && !cell.openTargets.has(known))
      tell(
        [...path, 'config'],
        'unknown-parameter',
        `the cell has no parameter "${known}"${like(known, cell.openTargets)}`,
      );
    lintWanted(linting, check.is, [...path, 'is']);
    return;
  }
  if ('firstTrue' in check) {
    lintExpression(linting, check.firstTrue, [...path, 'firstTrue']);
    window(check.in, [...path, 'in']);
    instant(check.deadline, 'deadline');
    if (check.leads) lintEvent(linting, check.leads.event, [...path, 'leads', 'event']);
    return;
  }
  if ('event' in check) {
    lintEvent(linting, check.event, [...path, 'event']);
    check.order?.forEach((event, k) => lintEvent(linting, event, [...path, 'order', k]));
    instant(check.before, 'before');
    instant(check.after, 'after');
    if (check.within && check.after === undefined)
      tell([...path, 'within'], 'no-beginning', '"within" counts from something: give "after"');
    if (check.within && 'parts' in check.within) lintExpression(linting, check.within.parts, [...path, 'within']);
    if (check.count?.most === 0 && check.needs === undefined)
      tell(
        [...path, 'count'],
        'free-points',
        'whoever does nothing gets these points: say with "needs" what must be done first',
      );
    return;
  }
  if ('rule' in check) {
    const { each, seeds, atLeast, run } = check.hidden;
    lintExpression(linting, each, [...path, 'hidden', 'each'], { more: ['shift', 'before', 'after', 'all'] });
    if (atLeast > seeds) tell([...path, 'hidden', 'atLeast'], 'too-many', `${atLeast} of ${seeds} can never pass`);
    if ('parts' in run) lintExpression(linting, run.parts, [...path, 'hidden', 'run']);
    return;
  }
  if ('evidence' in check) {
    if ('covers' in check) window(check.covers, [...path, 'covers']);
    if ('target' in check && cell) {
      const target = pathOf(check.target, { drawn: firstOf(lab) });
      if (!cell.targets.has(target))
        tell(
          [...path, 'target'],
          'unknown-command',
          `the cell has no command "${target}"${like(target, cell.targets)}`,
        );
    }
    if (check.evidence !== 'opcua.subscribe' && check.evidence !== 'mqtt.subscribe' && 'client' in check)
      (check.signal ?? []).forEach((glob, n) => {
        const all = cell && [...cell.signals.keys(), ...cell.units.keys()];
        const own = pathOf(glob, { drawn: firstOf(lab) });
        const at = [...path, 'signal', ...((check.signal ?? []).length > 1 ? [n] : [])];
        if (all && !all.some((name) => fitsGlob(name, own)))
          tell(at, 'unknown-signal', `the cell has no signal that fits "${own}"${like(own, all)}`);
      });
    return;
  }
  if ('for' in check) {
    lintWanted(linting, check.is, [...path, 'is']);
    return;
  }
  lintExpression(linting, check.signal, [...path, 'signal']);
  for (const key of ['above', 'below', 'is'] as const) {
    const reference = check[key];
    if (reference) lintWanted(linting, reference, [...path, key]);
  }
  if (check.above === undefined && check.below === undefined && check.is === undefined && !/[<>=]/.test(check.signal))
    tell(path, 'nothing-wanted', 'say what the value must be: "above", "below" or "is"');
}

function lintEvent({ cell, tell, lab }: Linting, name: string, path: Path): void {
  if (!cell) return;
  const known = pathOf(name, { drawn: firstOf(lab) });
  if (cell.openTargets.has(known) || isCommandOf(name, cell)) return;
  if ([...cell.events].some((event) => fitsGlob(event, known))) return;
  const all = [...cell.events, ...cell.openTargets];
  tell(path, 'unknown-event', `the cell has no event or command "${known}"${like(known, all)}`);
}

function lintWanted(linting: Linting, is: Reference, path: Path): void {
  if ('cel' in is) lintExpression(linting, is.cel, path);
}

type Judging = Extract<CheckFile, { answer: string; is: Reference } | { answers: unknown }>;

function lintAnswers(linting: Linting, check: Judging, step: StepFile, path: Path): void {
  const { tell, cell } = linting;
  const isOne = 'answer' in check;
  const wanted: [string, { is: Reference; within?: Tolerance | undefined }][] = isOne
    ? [[check.answer, check]]
    : Object.entries(check.answers).map(([ask, one]) => {
        const own: Tolerance | undefined = 'within' in one ? one.within : undefined;
        return [ask, { is: one.is, within: own ?? check.within }];
      });
  for (const [id, { is, within }] of wanted) {
    const at = isOne ? path : [...path, 'answers', id];
    const ask = step.ask[id];
    lintWanted(linting, is, isOne ? [...path, 'is'] : at);
    lintShown(linting, is, isOne ? [...path, 'is'] : at);
    if (!ask) {
      const where = isOne ? [...path, 'answer'] : at;
      tell(where, 'unknown-ask', `the step asks nothing called "${id}"${like(id, Object.keys(step.ask))}`, {
        atKey: !isOne,
      });
      continue;
    }
    if ((ask.type === 'number' || ask.type === 'time') && !within)
      tell(at, 'no-tolerance', `"${id}" is measured: say within what, such as "within: 2 %"`);
    const tells = Object.values(check.tells ?? {}).flatMap((one) =>
      'value' in one || 'cel' in one || 'drawn' in one
        ? [one as Reference]
        : ((one as Record<string, Reference>)[id] ?? []),
    );
    if (within)
      lintTolerance(
        { ask, within, is, tells, cell },
        isOne || !('within' in (check as { answers?: Record<string, object> }).answers![id]) ? path : at,
        tell,
      );
    if (ask.options) lintOption(linting, is, ask.options, isOne ? [...path, 'is'] : at);
  }
  for (const [id, told] of Object.entries(check.tells ?? {})) {
    if (isOne) lintWanted(linting, told as Reference, [...path, 'tells', id]);
    else
      for (const [ask, one] of Object.entries(told as Record<string, Reference>))
        lintWanted(linting, one, [...path, 'tells', id, ask]);
  }
}

/** A drawn value that the guide may show is no answer. Where only its sentence is shown (`public: words`), it is. */
function lintShown({ lab, tell }: Linting, is: Reference, path: Path): void {
  const variable = 'drawn' in is ? lab.vars[is.drawn] : undefined;
  if (variable && 'public' in variable && variable.public === true && 'drawn' in is)
    tell(path, 'answer-on-screen', `"${is.drawn}" is public: the screen may show this answer to everyone`);
}

/** What is wanted of a choice must be one of the options. */
function lintOption({ lab, tell }: Linting, is: Reference, options: readonly string[], path: Path): void {
  const word = 'cel' in is ? /^["']([^"']*)["']$/.exec(is.cel)?.[1] : undefined;
  const values =
    'drawn' in is
      ? valuesOf(lab.vars[is.drawn], is.key).map(([value]) => String(value))
      : word === undefined
        ? []
        : [word];
  const strange = values.find((value) => !options.includes(value));
  if (strange !== undefined)
    tell(path, 'unknown-option', `"${strange}" is none of the options${like(strange, options)}`);
}
