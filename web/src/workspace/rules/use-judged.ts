import type { RuleTrial } from '#contract/rules.ts';
import { useEffect, useState } from 'react';
import { call } from '../../live/api.ts';
import { useSession } from '../../live/use-session.ts';
import type { RuleDefinition } from './rule-draft.ts';

const NOTHING: Judged = { trial: undefined, problem: undefined };

export interface Judged {
  /** What the rule would see now. */
  readonly trial: RuleTrial | undefined;
  readonly problem: unknown;
}

const AFTER_MS = 500;
const AGAIN_MS = 5000;
const SECOND_US = 1e6;

/** Lets the server read a rule, half a second after the last change, and look again every few seconds. */
export function useJudged(rule: RuleDefinition | undefined): Judged {
  const { cell, clock } = useSession();
  const [judged, setJudged] = useState<Judged>(NOTHING);
  const text = rule && JSON.stringify(rule);
  useEffect(() => {
    if (text === undefined) return;
    const abort = new AbortController();
    const look = async () => {
      // The server may be a moment behind what our clock says.
      const toUs = Math.max(1, clock.nowUs() - SECOND_US * clock.state.speed);
      const body = { rule: JSON.parse(text) as Record<string, unknown>, fromUs: Math.max(0, toUs - SECOND_US), toUs };
      try {
        const trial = await call('tryRule', { params: { cell: cell.id }, body, signal: abort.signal });
        if (!abort.signal.aborted) setJudged({ trial, problem: undefined });
      } catch (problem) {
        if (!abort.signal.aborted) setJudged({ trial: undefined, problem });
      }
    };
    let next = setTimeout(() => void lookAgain(), AFTER_MS);
    const lookAgain = async () => {
      if (!document.hidden) await look();
      if (!abort.signal.aborted) next = setTimeout(() => void lookAgain(), AGAIN_MS);
    };
    return () => {
      abort.abort();
      clearTimeout(next);
    };
  }, [cell.id, clock, text]);
  return text === undefined ? NOTHING : judged;
}
