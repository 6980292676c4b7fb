import type { AskView, AttemptView, LabSummary, StepView } from '#contract/lab-view.ts';
import type { Language, Text } from '#contract/text.ts';
import type { Attempt, StepProgress } from './attempt-store.ts';
import { echo, type Reader, resultOf } from './explain.ts';
import { fillGuide, type GuideFilling } from './guide.ts';
import type { Ask } from './judge/ask.ts';
import { type Lab, type LabStep, pointsOf } from './lab.ts';
import { findMark, type KeptMark } from './marks.ts';
import { fill } from './texts.ts';

export function summaryOf(lab: Lab, areas: ReadonlyMap<string, Text>, language: Language): LabSummary {
  const { id, area, minutes, version, counts, texts, steps } = lab;
  const { title, aim } = texts[language];
  const areaTitle = areas.get(area)?.[language] ?? area;
  return { id, area, areaTitle, title, aim, minutes, version, counts, steps: steps.length, points: pointsOf(steps) };
}

/** Whether all that must pass has, with points enough. */
export const isPassed = (lab: Lab, steps: readonly { id: string; passed: boolean }[], points: number): boolean =>
  lab.pass.steps.every((id) => steps.some((step) => step.id === id && step.passed)) &&
  points >= lab.pass.points * pointsOf(lab.steps);

export interface AttemptState {
  readonly attempt: Attempt;
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly progress: Readonly<Record<string, StepProgress>>;
  /** All that people ever gave, oldest first. */
  readonly marks: readonly KeptMark[];
  /** Whose view it is; whoever is not of the team sees it as the one who began it does. */
  readonly viewer?: string;
}

/** All that a participant may know of an attempt. Every field is picked by hand: nothing comes along unseen. */
export function viewOf(reader: Reader, areas: ReadonlyMap<string, Text>, state: AttemptState): AttemptView {
  const { lab, language, shown } = reader;
  const { attempt, answers, progress, marks } = state;
  const show = (text: string) => fill(text, shown);
  const filling = { text: show, picture: pictureOf(lab, attempt.id) };
  const results = lab.steps.flatMap(({ id }) => (progress[id] ? [resultOf(reader, id, progress[id], marks)] : []));
  const points = results.reduce((sum, result) => sum + result.points, 0);
  const conceal = lab.cell.conceal.filter((path) => path.startsWith('pane.'));
  const steps = results.map(({ step: id, passed }) => ({ id, passed }));
  return {
    id: attempt.id,
    lab: summaryOf(lab, areas, language),
    cell: attempt.cell,
    language,
    intro: fillGuide(lab.guides[language].intro, filling),
    steps: lab.steps.map((step) => stepView(reader, step, filling, marks)),
    results,
    answers: Object.fromEntries(lab.steps.map((step) => [step.id, echo(reader, step, answers[step.id] ?? {})])),
    passed: isPassed(lab, steps, points),
    points,
    outOf: pointsOf(lab.steps),
    ...rubricSum(lab, marks),
    ...teamOf(reader, state),
    startedMs: attempt.startedMs,
    conceal,
  };
}

/** Browsers keep a picture for as long as its address, which names what is in it. */
const pictureOf =
  ({ pictures }: Lab, attempt: string): GuideFilling['picture'] =>
  (name) => {
    const found = pictures.get(name);
    if (!found) return undefined;
    const { hash, width, height } = found;
    return { url: `/api/attempts/${attempt}/pictures/${hash}`, width, height };
  };

/** What people give points for in a step, with what they gave. */
export function rubricOf(
  { lab, language, shown }: Reader,
  step: LabStep,
  marks: readonly KeptMark[],
): StepView['rubric'] {
  const texts = lab.texts[language].steps[step.id];
  return step.rubric.map(({ id, points: worth }) => {
    const given = findMark(marks, 'rubric', step.id, id);
    const mark = given && { points: given.points, reason: given.reason, atMs: given.atMs };
    return { id, text: fill(texts.rubric?.[id] ?? '', shown), points: worth, ...(mark && { mark }) };
  });
}

function rubricSum({ steps }: Lab, marks: readonly KeptMark[]): Pick<AttemptView, 'rubric'> {
  const items = steps.flatMap(({ id, rubric }) =>
    rubric.map((item) => ({ worth: item.points, given: findMark(marks, 'rubric', id, item.id)?.points })),
  );
  if (items.length === 0) return {};
  const points = items.reduce((sum, { given = 0 }) => sum + given, 0);
  const outOf = items.reduce((sum, { worth }) => sum + worth, 0);
  return { rubric: { points, outOf, open: items.filter(({ given }) => given === undefined).length } };
}

/** Others of the team are known by their roles only. */
function teamOf({ lab, language }: Reader, { attempt, viewer }: AttemptState): Pick<AttemptView, 'team'> {
  if (!attempt.team) return {};
  const me = attempt.team.some(({ participant }) => participant === viewer) ? viewer : attempt.participant;
  const words = lab.texts[language].roles ?? {};
  return {
    team: attempt.team.map(({ participant, role }) => ({
      ...(role !== undefined && { role: words[role] ?? role }),
      isMe: participant === me,
    })),
  };
}

function stepView(reader: Reader, step: LabStep, filling: GuideFilling, marks: readonly KeptMark[]): StepView {
  const show = filling.text;
  const { lab, language } = reader;
  const texts = lab.texts[language].steps[step.id];
  const guide = lab.guides[language].steps.get(step.id);
  return {
    id: step.id,
    title: texts.title,
    minutes: step.minutes,
    guide: guide && fillGuide(guide.root, filling),
    asks: step.asks.map((ask) => askView(reader, step, ask, show)),
    checks: step.checks.map(({ id, points }) => ({ id, aim: show(texts.checks?.[id].aim ?? ''), points })),
    rubric: rubricOf(reader, step, marks),
    hints: texts.hints?.length ?? 0,
  };
}

function askView(
  { lab, language, catalogue }: Reader,
  step: LabStep,
  ask: Ask,
  show: (text: string) => string,
): AskView {
  const texts = lab.texts[language].steps[step.id];
  const { id, type, unit, decimals, words, columns } = ask;
  const labelOf = (choice: string) =>
    type === 'station' ? `${choice} · ${catalogue.stations.get(choice)?.[language]}` : texts.options?.[id]?.[choice];
  // The browser knows the signals of the cell; a copy of some hundred paths for each field would only be long.
  const choices = type === 'signal' ? undefined : ask.choices;
  return {
    id,
    type: type === 'message' ? 'text' : type,
    label: show(texts.ask?.[id] ?? id),
    ...(unit !== undefined && { unit }),
    ...(decimals !== undefined && { decimals }),
    ...(words && { words: [words[0], words[1]] as [number, number] }),
    ...(columns && { columns: Object.keys(columns) }),
    ...(choices && { choices: choices.map((choice) => ({ id: choice, label: labelOf(choice) ?? choice })) }),
  };
}
