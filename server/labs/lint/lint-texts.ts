import { compileChecks } from '../compile-checks.ts';
import type { LabFile } from '../format/lab-file.ts';
import type { TextsFile } from '../format/texts.ts';
import { PLACEHOLDER } from '../guide.ts';
import { CAUSES, SEEN } from '../judge/check.ts';
import { nearest } from '#simulator/kernel/nearest.ts';
import type { LabProblem } from '../problem.ts';
import type { YamlFile } from '../yaml-file.ts';
import { like } from './tell.ts';

interface TextsRead {
  readonly yaml: YamlFile;
  readonly value: TextsFile;
}
/** Names that a placeholder may have anywhere: what is drawn and public. */
export function publicNames(vars: LabFile['vars']): string[] {
  return Object.entries(vars).flatMap(([name, variable]) => {
    if (!('public' in variable) || variable.public === undefined) return [];
    return 'someOf' in variable ? Array.from({ length: variable.count }, (_, k) => `${name}.${k}`) : [name];
  });
}

export function placeholderProblem(
  name: string,
  allowed: readonly string[],
  vars: LabFile['vars'],
): [string, string] | undefined {
  if (allowed.includes(name)) return undefined;
  const variable = vars[name.split('.')[0]];
  if (variable && !('public' in variable && variable.public !== undefined))
    return ['secret-shown', `"${name}" is secret: only a variable with "public" may be shown`];
  const other = nearest(name, allowed);
  return [
    'unknown-placeholder',
    `there is nothing to show for "{{${name}}}"${other ? `; did you mean "{{${other}}}"?` : ''}`,
  ];
}

/** What one language lacks or has too much of, and placeholders that would show nothing or too much. */
export function lintTexts(lab: LabFile, { yaml, value: texts }: TextsRead): LabProblem[] {
  const problems: LabProblem[] = [];
  const tell = (path: readonly PropertyKey[], rule: string, message: string) =>
    problems.push(yaml.problemAt(path, rule, message, { atKey: rule === 'unknown-key' }));
  const open = publicNames(lab.vars);
  const fits = (sentence: string | undefined, path: readonly PropertyKey[], more: readonly string[] = []) => {
    for (const [, name] of sentence?.matchAll(PLACEHOLDER) ?? []) {
      const problem = placeholderProblem(name, [...open, ...more], lab.vars);
      if (problem) tell(path, ...problem);
    }
  };
  /** Exactly these keys, no fewer and no more. */
  const keys = (path: readonly PropertyKey[], have: object | undefined, wanted: readonly string[]) => {
    for (const key of wanted)
      if (!have || !(key in have))
        tell(path, 'missing-text', `"${[...path, key].join('.')}" is missing: write what it says`);
    for (const key of Object.keys(have ?? {}))
      if (!wanted.includes(key))
        tell([...path, key], 'unknown-key', `lab.yaml has no "${[...path, key].join('.')}"${like(key, wanted)}`);
  };

  for (const [name, variable] of Object.entries(lab.vars)) {
    if (!('public' in variable) || variable.public !== 'words') continue;
    const values = 'oneOf' in variable ? variable.oneOf : 'someOf' in variable ? variable.someOf : [];
    keys(['words', name], texts.words[name], values.map(String));
  }
  keys(['roles'], texts.roles, lab.roles);
  keys(
    ['steps'],
    texts.steps,
    lab.steps.map(({ id }) => id),
  );
  for (const step of lab.steps) {
    const own = texts.steps[step.id];
    if (!own) continue;
    const path = ['steps', step.id];
    keys([...path, 'ask'], own.ask, Object.keys(step.ask));
    for (const [ask, label] of Object.entries(own.ask ?? {})) fits(label, [...path, 'ask', ask]);
    for (const [ask, { options }] of Object.entries(step.ask))
      if (options) keys([...path, 'options', ask], own.options?.[ask], options);
    keys(
      [...path, 'checks'],
      own.checks,
      step.checks.map(({ id }) => id),
    );
    keys(
      [...path, 'rubric'],
      own.rubric,
      step.rubric.map(({ id }) => id),
    );
    for (const check of compileChecks(step.id, step.checks, { startUs: lab.cell.start })) {
      const said = own.checks?.[check.id];
      if (!said) continue;
      const at = [...path, 'checks', check.id];
      const seen = SEEN[check.source].map((name) => `seen.${name}`);
      fits(said.aim, [...at, 'aim']);
      fits(said.pass, [...at, 'pass'], seen);
      if (typeof said.fail === 'string') fits(said.fail, [...at, 'fail'], seen);
      else {
        keys([...at, 'fail'], said.fail, causesOf(check));
        for (const [cause, sentence] of Object.entries(said.fail)) fits(sentence, [...at, 'fail', cause], seen);
      }
      keys([...at, 'tells'], said.tells, check.source === 'answers' ? check.tells.map(({ id }) => id) : []);
      for (const [id, sentence] of Object.entries(said.tells ?? {})) fits(sentence, [...at, 'tells', id], seen);
    }
    const hints = lab.hints.filter((hint) => hint.step === step.id).length;
    if ((own.hints?.length ?? 0) !== hints)
      tell(
        [...path, 'hints'],
        'missing-text',
        `lab.yaml has ${hints} under "hints" for "${step.id}", here are ${own.hints?.length ?? 0}: make it as many`,
      );
    own.hints?.forEach((hint, k) => fits(hint, [...path, 'hints', k]));
  }
  return problems;
}

/** The causes that can come about: a check that asks for no interval never fails because of one. */
export function causesOf(check: ReturnType<typeof compileChecks>[number]): readonly string[] {
  if (check.source !== 'opcua.subscribe') return CAUSES[check.source];
  const conditional = { mode: check.mode, sampling: check.samplingMs, short: check.forS };
  return CAUSES[check.source].filter((cause) => !(cause in conditional) || conditional[cause as 'mode'] !== undefined);
}
