import type { ASTNode } from '@marcbachmann/cel-js';
import type { Facts } from '#contract/facts.ts';
import { evaluateNode, numberOf, type Scope, textOf } from './evaluate.ts';
import { type LabFunctions, pastWindow } from './lab-function.ts';
import { LIST_FUNCTIONS } from './list-functions.ts';
import { RULE_FUNCTIONS } from './rule-functions.ts';
import { SIGNAL_FUNCTIONS } from './signal-functions.ts';
import { SPECTRUM_FUNCTIONS } from './spectrum-functions.ts';
import { TRUTH_FUNCTIONS } from './truth-functions.ts';
import { Path, type Term } from './value.ts';

/** All functions of labs. Those of participants' rules are in simulator/rules; names that both have mean the same. */
export const FUNCTIONS: LabFunctions = {
  ...SIGNAL_FUNCTIONS,
  ...SPECTRUM_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...RULE_FUNCTIONS,
  ...TRUTH_FUNCTIONS,
};

export function callFunction(facts: Facts, name: string, nodes: readonly ASTNode[], scope: Scope): Term | undefined {
  const found = FUNCTIONS[name];
  if (found === undefined || !Object.hasOwn(FUNCTIONS, name)) return undefined;
  const term = (k: number): Term => (nodes[k] === undefined ? NaN : evaluateNode(nodes[k], scope));
  return found.apply({
    ...{ facts, scope, nodes },
    text: (k) => textOf(term(k)),
    number: (k) => numberOf(term(k), scope),
    window: (k) => pastWindow(term(k), facts.nowUs),
    value(k) {
      const value = term(k);
      return value instanceof Path ? value.path : value;
    },
  });
}
