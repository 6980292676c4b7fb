import type { AnswerEcho, StepResult, Verdict } from '#contract/lab-view.ts';
import type { Language } from '#contract/text.ts';
import type { CellCatalogue } from './catalogue.ts';
import { readAnswer } from './judge/answers.ts';
import type { Ask, Understood, Unreadable } from './judge/ask.ts';
import type { Outcome } from './judge/outcome.ts';
import { getStep, isAnswered, isRedrawable, type Lab, type LabStep, pointsOf } from './lab.ts';
import type { StepProgress } from './attempt-store.ts';
import { findMark, type KeptMark } from './marks.ts';
import { say, type SentenceId } from './sentences.ts';
import { fill, seenValues, showInstant, showNumber, shownUnit } from './texts.ts';

/** What a participant may read in one language: texts of the lab, what is public of the draw, names in the cell. */
export interface Reader {
  readonly lab: Lab;
  readonly language: Language;
  readonly shown: ReadonlyMap<string, string>;
  readonly catalogue: CellCatalogue;
}

/** An outcome in words. The wanted value is not among what the words can be filled with. */
function explain(reader: Reader, step: LabStep, outcome: Outcome, marks: readonly KeptMark[]): Verdict {
  const { check, status, points: judged } = outcome;
  const explanation = sentenceFor(reader, step, outcome);
  const given = findMark(marks, 'check', step.id, check);
  if (!given) return { check, status, points: judged, explanation };
  const { points, reason, atMs } = given;
  const worth = step.checks.find(({ id }) => id === check)?.points ?? judged;
  // Who gave them is for teachers to know.
  return {
    check,
    status: points >= worth ? 'passed' : 'failed',
    points,
    explanation,
    mark: { points, reason, atMs, judged },
  };
}

function sentenceFor(
  { lab, language, shown }: Reader,
  step: LabStep,
  { check: id, status, cause, tell, seen }: Outcome,
): string {
  const texts = lab.texts[language].steps;
  const said = texts[step.id].checks![id];
  const words = new Map([...shown, ...seenValues(seen, language, lab.cell.start)]);
  if (status === 'passed') return said.pass === undefined ? say('passed', language) : fill(said.pass, words);
  if (cause === 'missing' || cause === 'unread' || cause === 'unknown') return say(cause, language);
  if (cause === 'notYet') {
    const { time } = seen;
    if (typeof time !== 'object' || !('atS' in time)) return say('notYet', language);
    return say('notYetUntil', language, { time: showInstant(time.atS, lab.cell.start, language) });
  }
  if (cause === 'needs') {
    const needs = step.checks.find((check) => check.id === id)?.needs ?? [];
    const aims = needs
      .map((name) => name.split('.'))
      .map(([other, check]) => `${language === 'sv' ? '”' : '“'}${texts[other].checks?.[check].aim ?? ''}”`);
    return fill(say('needs', language, { needs: aims.join(', ') }), words);
  }
  const sentence = typeof said.fail === 'string' ? said.fail : said.fail[cause ?? ''];
  const told = tell === undefined ? sentence : (said.tells?.[tell] ?? sentence);
  const who = sentenceOfTeam(
    lab,
    language,
    step.checks.find((check) => check.id === id),
    seen,
  );
  return [fill(told, words), ...(who === undefined ? [] : [who])].join(' ');
}

/** Who still has to do it, in a team; never by name. */
function sentenceOfTeam(
  lab: Lab,
  language: Language,
  check: LabStep['checks'][number] | undefined,
  { members, of }: Outcome['seen'],
): string | undefined {
  if (typeof members === 'number' && typeof of === 'number')
    return say('ofTeam', language, { members: String(members), of: String(of) });
  const by = check && 'by' in check ? check.by : undefined;
  if (by === undefined || !lab.roles.includes(by)) return undefined;
  return say('ofRole', language, { role: lab.texts[language].roles?.[by] ?? by });
}

/** The newest result of a step, in words. A step that was never checked has none. */
export function resultOf(
  reader: Reader,
  stepId: string,
  progress: StepProgress,
  marks: readonly KeptMark[],
): StepResult {
  const { lab, language, shown } = reader;
  const step = getStep(lab, stepId);
  const hints = lab.texts[language].steps[stepId].hints ?? [];
  const answered = step.checks.filter(isAnswered).map(({ id }) => id);
  const { redrawn } = progress;
  const verdicts = progress.outcomes.map((outcome) => {
    const verdict = explain(reader, step, outcome, marks);
    // What a person has decided is not asked again.
    if (verdict.mark) return verdict;
    if (progress.hidden?.[outcome.check]?.tries === 0 && outcome.status === 'failed' && outcome.cause === 'other')
      return { ...verdict, explanation: `${verdict.explanation} ${say('freshSeeds', language)}` };
    if (!redrawn || outcome.status !== 'failed' || !answered.includes(outcome.check)) return verdict;
    return {
      ...verdict,
      explanation: `${verdict.explanation} ${say(redrawn === 'line' ? 'newLine' : 'redrawn', language)}`,
    };
  });
  return {
    step: stepId,
    // One of which a hint was shown, or which was begun anew, has not been judged.
    passed: verdicts.length > 0 && verdicts.every(({ status }) => status === 'passed'),
    points: verdicts.reduce((sum, { points }) => sum + points, 0),
    outOf: pointsOf([step]),
    verdicts,
    ...(answered.length > 0 && isRedrawable(lab, stepId) && { triesLeft: lab.freeTries - progress.failedTries }),
    ...(redrawn && { redrawn }),
    hints: hints.slice(0, progress.hintsShown).map((hint) => fill(hint, shown)),
  };
}

/** What was understood of the answers of a step. An empty field is not echoed. */
export function echo(reader: Reader, step: LabStep, typed: Readonly<Record<string, string>>): AnswerEcho[] {
  return step.asks.flatMap((ask): AnswerEcho[] => {
    const text = typed[ask.id];
    const answer = readAnswer(text, ask);
    if (text === undefined || answer === undefined) return text ? [{ ask: ask.id, typed: text }] : [];
    if ('problem' in answer) {
      const problem = say(sentenceOf(answer), reader.language, shownDetail(answer, reader.language));
      return [{ ask: ask.id, typed: text, problem }];
    }
    return [{ ask: ask.id, typed: text, understood: showUnderstood(reader, step, ask, answer) }];
  });
}

/** Which sentence says why an answer could not be understood. */
function sentenceOf({ problem, detail: { like, accepted, min, max } }: Unreadable): SentenceId {
  if (problem === 'signal' && like !== undefined) return 'signalLike';
  if (problem === 'unit' && accepted === '') return 'noUnit';
  if (problem === 'range' && (min === '' || max === '')) return min === '' ? 'rangeMost' : 'rangeLeast';
  return problem;
}

/** What a sentence about an answer is filled with. A unit that was typed stays as it was typed. */
function shownDetail({ problem, detail }: Unreadable, language: Language): Readonly<Record<string, string>> {
  const { min = '', max = '', unit = '', accepted = '' } = detail;
  const bound = (text: string) => (text === '' ? '' : showNumber(Number(text), language));
  if (problem === 'range')
    return { ...detail, min: bound(min), max: bound(max), unit: unit === '' ? '' : ` ${shownUnit(unit)}` };
  if (problem !== 'unit') return detail;
  return { ...detail, accepted: [...new Set(accepted.split(', ').map(shownUnit))].join(', ') };
}

function showUnderstood({ lab, language, catalogue }: Reader, step: LabStep, ask: Ask, answer: Understood): string {
  const { value, typed } = answer;
  if (ask.type === 'time') return showInstant(Number(value), ask.startUs ?? 0, language);
  if (ask.type === 'text') return say('wordCount', language, { count: String(String(value).split(/\s+/).length) });
  if (Array.isArray(value))
    return showList(value as readonly (number | string | readonly (number | string)[])[], language);
  if (answer.stamp) {
    const time = new Date(answer.stamp.epochMs).toISOString().slice(11, 23);
    return `${showNumber(Number(value), language, answer.stamp.unit)} · ${time}`;
  }
  if (typeof value === 'number') {
    const read = typed ? showNumber(typed.number, language, typed.unit) : '';
    const judged = showNumber(value, language, ask.unit);
    return read && read !== judged ? `${read} = ${judged}` : judged;
  }
  const text = String(value);
  switch (ask.type) {
    case 'choice':
      return lab.texts[language].steps[step.id].options?.[ask.id]?.[text] ?? text;
    case 'station':
      return [text, catalogue.stations.get(text)?.[language]].filter(Boolean).join(' · ');
    case 'signal':
      return [text, catalogue.signals.get(text)?.text[language]].filter(Boolean).join(' · ');
    default:
      return text.slice(0, 200);
  }
}

/** `12: 104, 105, 106 ...`: how many were understood, and the first of them. */
function showList(list: readonly (number | string | readonly (number | string)[])[], language: Language): string {
  const one = (item: number | string) => (typeof item === 'number' ? showNumber(item, language) : item);
  const items = list.map((item) => (Array.isArray(item) ? item.map(one).join(' · ') : one(item as number | string)));
  return `${list.length}: ${items.slice(0, 12).join(', ')}${items.length > 12 ? ' ...' : ''}`;
}
