import { SECOND } from '#simulator/kernel/time.ts';
import type { CellCatalogue } from './catalogue.ts';
import type { CheckFile } from './format/checks.ts';
import type { Instant as InstantFile } from './format/words.ts';
import type { AnswerCheck, Check, CountRule, Reference } from './judge/check.ts';
import type { Instant } from './judge/expression/lab-scope.ts';
import type { Tolerance } from './judge/tolerance.ts';
import { sinceStart } from './plant-time.ts';

/** What checks are compiled with: plant time 0 in the week, and what the cell has. */
export interface Compiling {
  readonly startUs: number;
  readonly cell?: Pick<CellCatalogue, 'targets' | 'units'> | undefined;
}

/** The checks of a step in the shape that the judge reads: needs written out, times in seconds since the start. */
export const compileChecks = (step: string, checks: readonly CheckFile[], about: Compiling): Check[] =>
  checks.map((check) => compile(step, check, about));

/** `which` of this step, or `find.which` of another. */
export const fullName = (step: string, check: string): string => (check.includes('.') ? check : `${step}.${check}`);

export const instantOf = (at: InstantFile, startUs: number): Instant =>
  'weekUs' in at ? sinceStart(at.weekUs, startUs) / SECOND : at.cel;

const ONCE_OR_MORE: CountRule = { least: 1 };
/** Judgements of a rule on the same hidden lines, where a lab does not say it. */
const FREE_HIDDEN = 3;

function compile(step: string, file: CheckFile, { startUs, cell }: Compiling): Check {
  const { id, points } = file;
  const common = { id, points, needs: [file.needs ?? []].flat().map((check) => fullName(step, check)) };
  const at = (instant: InstantFile) => instantOf(instant, startUs);
  const unitOf = (path: string) => cell?.units.get(path) ?? '';
  if ('sample' in file) return { ...common, source: 'sample', ask: file.answer, signal: file.sample };
  if ('answer' in file || 'answers' in file) return { ...common, source: 'answers', ...answersOf(file) };
  if ('evidence' in file) return { ...common, ...evidenceOf(file) };
  if ('config' in file) {
    const { config: path, is, within } = file;
    return { ...common, source: 'config', path, is, unit: unitOf(path), ...(within && { within }) };
  }
  if ('rule' in file) {
    const { rule, hidden } = file;
    const { tries, ...rest } = hidden;
    return { ...common, source: 'rule', rule, hidden: { ...rest, freeTries: tries?.free ?? FREE_HIDDEN } };
  }
  if ('firstTrue' in file) {
    const { firstTrue: condition, in: window, deadline, leads } = file;
    return {
      ...{ ...common, source: 'condition', condition },
      ...(window !== undefined && { window }),
      ...(deadline && { deadline: at(deadline) }),
      ...(leads && { leads: { event: leads.event, byS: leads.by / SECOND } }),
    };
  }
  if ('event' in file) {
    const { event, actor, count, before, after, within, order } = file;
    const isCommand = isCommandOf(event, cell);
    return {
      ...{ ...common, source: 'event', event, isCommand, actor, count: count ?? ONCE_OR_MORE },
      ...(before && { before: at(before) }),
      ...(after && { after: at(after) }),
      ...(order && { order }),
      ...(within && {
        within: 'us' in within ? { s: within.us / SECOND } : { parts: within.parts, station: within.station },
      }),
    };
  }
  if ('for' in file) {
    const { signal, is, within } = file;
    return { ...common, source: 'signal', signal, is, within, forS: file.for / SECOND };
  }
  const { signal: expression, above, below, is, within, unit } = file;
  return {
    ...{ ...common, source: 'value', expression, unit: unit ?? unitOfExpression(expression, unitOf) },
    ...definedOnly({ above, below, is, within }),
  };
}

/** `ST03.Hold` is a command; `$station.Hold` is one too, whatever the station. */
export function isCommandOf(event: string, cell: Compiling['cell']): boolean {
  if (cell === undefined) return false;
  if (!event.startsWith('$')) return cell.targets.has(event);
  const rest = event.slice(event.search(/\.[A-Z]/));
  return [...cell.targets].some((target) => target.endsWith(rest));
}

/** The unit of `mean(ST12.Meter.Main.Power, night2)`: that of its one signal. */
function unitOfExpression(expression: string, unitOf: (path: string) => string): string {
  const [, path] = /^(?:mean|min|max|value|delta|std)\(\s*([A-Z][A-Za-z0-9.]*)/.exec(expression) ?? [];
  return path === undefined ? '' : unitOf(path);
}

const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

function evidenceOf(file: Extract<CheckFile, { evidence: string }>) {
  switch (file.evidence) {
    case 'opcua.subscribe':
      return {
        ...{ source: 'opcua.subscribe' as const, signals: file.signals, by: file.by },
        ...(file.mode && { mode: file.mode }),
        ...(file.sampling && { samplingMs: file.sampling }),
        ...(file.for !== undefined && { forS: file.for / SECOND }),
      };
    case 'mqtt.subscribe':
      return { source: 'mqtt.subscribe' as const, signal: file.signal, by: file.by };
    case 'command':
      return { source: 'command' as const, target: file.target, by: file.by, ...(file.via && { via: file.via }) };
    default: {
      const {
        evidence: kind,
        signal = [],
        topic = [],
        names = [],
        covers,
        signals,
        count,
        atMost,
        policy,
        mode,
        client,
        by,
      } = file;
      const rule = count ?? (atMost === undefined ? ONCE_OR_MORE : { least: 1, most: atMost });
      return {
        ...{ source: 'evidence' as const, kind, of: [...signal, ...topic, ...names], count: rule, client, by },
        ...definedOnly({ covers, signals, policy, mode }),
      };
    }
  }
}

type AnswerFile = Extract<CheckFile, { answer: string; is: Reference } | { answers: unknown }>;
interface Around {
  readonly within?: Tolerance | undefined;
  readonly missing?: Reference | undefined;
  readonly extra?: Reference | undefined;
}
const around = ({ within, missing, extra }: Around) => definedOnly({ within, missing, extra });

function answersOf(file: AnswerFile): Pick<AnswerCheck, 'wanted' | 'tells'> {
  if ('answers' in file) {
    const wanted = Object.entries(file.answers).map(([ask, one]) => {
      const own = one as Around;
      return { ask, is: one.is, ...around({ ...own, within: own.within ?? file.within }) };
    });
    return { wanted, tells: Object.entries(file.tells ?? {}).map(([id, is]) => ({ id, is })) };
  }
  const { answer, is, tells = {} } = file;
  return {
    wanted: [{ ask: answer, is, ...around(file) }],
    tells: Object.entries(tells).map(([id, value]) => ({ id, is: { [answer]: value } })),
  };
}
