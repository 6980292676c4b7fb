import type { Problem } from '#contract/problem.ts';
import type { Words } from '../i18n/words.ts';

/** A request that did not succeed. `code` is the server's, or `network` or `answer` for what never got that far. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';

  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string,
    readonly hint: string,
  ) {
    super(detail);
  }

  /** What came with a refusal: the server's problem document, or what stands before it answered in its place. */
  static of(status: number, answer: unknown): RequestProblem {
    const { code, detail, hint } = (answer ?? {}) as Partial<Record<keyof Problem, unknown>>;
    return typeof code === 'string' && typeof detail === 'string' && typeof hint === 'string'
      ? new RequestProblem(code, status, detail, hint)
      : new RequestProblem('network', status, '', '');
  }
}

export interface Told {
  readonly detail: string;
  readonly hint: string;
}

/** Any failure in words: what happened, and what to do now. */
export function tell(problem: unknown, t: Words): Told {
  if (problem instanceof RequestProblem) {
    if (problem.code === 'network') return { detail: t('problem.network'), hint: t('problem.networkHint') };
    if (problem.code === 'answer') return { detail: t('problem.answer'), hint: t('problem.answerHint') };
    return problem;
  }
  return { detail: t('problem.crash'), hint: problem instanceof Error ? problem.message : String(problem) };
}
