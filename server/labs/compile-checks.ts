import { SECOND } from '#simulator/kernel/time.ts';
import type { CheckFile } from './format.ts';
import type { AnswerCheck, Check } from './judge/check.ts';

/** The checks of a step in the shape that the judge reads: needs written out, durations in seconds. */
export const compileChecks = (step: string, checks: readonly CheckFile[]): Check[] =>
  checks.map((check) => compile(step, check));

/** `which` of this step, or `find.which` of another. */
export const fullName = (step: string, check: string): string => (check.includes('.') ? check : `${step}.${check}`);

function compile(step: string, file: CheckFile): Check {
  const { id, points } = file;
  const common = { id, points, needs: [file.needs ?? []].flat().map((check) => fullName(step, check)) };
  if ('sample' in file) return { ...common, source: 'sample', ask: file.answer, signal: file.sample };
  if ('answer' in file || 'answers' in file) return { ...common, source: 'answers', ...answersOf(file) };
  if (!('evidence' in file)) {
    const { signal, is, within } = file;
    return { ...common, source: 'signal', signal, is, within, forS: file.for / SECOND };
  }
  switch (file.evidence) {
    case 'opcua.subscribe':
      return {
        ...common,
        source: 'opcua.subscribe',
        signals: file.signals,
        ...(file.mode && { mode: file.mode }),
        ...(file.sampling && { samplingMs: file.sampling }),
        ...(file.for !== undefined && { forS: file.for / SECOND }),
      };
    case 'mqtt.subscribe':
      return { ...common, source: 'mqtt.subscribe', signal: file.signal };
    case 'command':
      return { ...common, source: 'command', target: file.target, ...(file.via && { via: file.via }) };
  }
}

function answersOf(
  file: Extract<CheckFile, { answer: string; is: unknown } | { answers: unknown }>,
): Pick<AnswerCheck, 'wanted' | 'tells'> {
  if ('answers' in file) {
    const wanted = Object.entries(file.answers).map(([ask, one]) => {
      const within = 'within' in one ? one.within : undefined;
      return { ask, is: one.is, ...(within && { within }) };
    });
    return { wanted, tells: Object.entries(file.tells ?? {}).map(([id, is]) => ({ id, is })) };
  }
  const { answer, is, within, tells = {} } = file;
  return {
    wanted: [{ ask: answer, is, ...(within && { within }) }],
    tells: Object.entries(tells).map(([id, value]) => ({ id, is: { [answer]: value } })),
  };
}
