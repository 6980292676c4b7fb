import { outside, subgroupsOf, xbarR, imr } from '#simulator/cell/spc.ts';
import type { LabFunctions } from './lab-function.ts';
import { isList, type Value } from './value.ts';

const groupsOf = (value: Value): number[][] =>
  isList(value) ? value.map((group) => (isList(group) ? group.map(Number) : [Number(group)])) : [];
const rounded = ({ centre, lower, upper }: { centre: number; lower: number; upper: number }) => ({
  cl: centre,
  lcl: lower,
  ucl: upper,
});

const roundTo = (x: number, decimals: number): number => Number(x.toFixed(Math.max(0, Math.min(12, decimals))));

/** Of numbers and lists, and control charts of lists. */
export const LIST_FUNCTIONS: LabFunctions = {
  round: {
    takes: ['number', 'number?'],
    apply: ({ number, nodes }) => roundTo(number(0), nodes[1] === undefined ? 0 : number(1)),
  },
  abs: { takes: ['number'], apply: ({ number }) => Math.abs(number(0)) },
  sqrt: { takes: ['number'], apply: ({ number }) => Math.sqrt(number(0)) },
  least: { takes: ['list'], apply: ({ value }) => Math.min(...groupsOf(value(0)).flat()) },
  most: { takes: ['list'], apply: ({ value }) => Math.max(...groupsOf(value(0)).flat()) },
  average: {
    takes: ['list'],
    apply: ({ value }) => {
      const all = groupsOf(value(0)).flat();
      return all.reduce((sum, x) => sum + x, 0) / all.length;
    },
  },
  'spc.subgroups': {
    takes: ['list', 'number'],
    apply: ({ value, number }) => subgroupsOf(groupsOf(value(0)).flat(), number(1)),
  },
  'spc.xbarR': {
    takes: ['list'],
    apply: ({ value }) => {
      const { location, spread, sigma } = xbarR(groupsOf(value(0)));
      return { ...rounded(location), clR: spread.centre, uclR: spread.upper, lclR: spread.lower, sigma };
    },
  },
  'spc.imr': {
    takes: ['list'],
    apply: ({ value }) => {
      const { location, spread, sigma } = imr(groupsOf(value(0)).flat());
      return { ...rounded(location), uclR: spread.upper, sigma };
    },
  },
  /** Which subgroups have a mean outside the limits of all of them, counted from 1. */
  'spc.outside': {
    takes: ['list'],
    apply: ({ value }) => {
      const groups = groupsOf(value(0));
      const means = groups.map((group) => group.reduce((sum, x) => sum + x, 0) / group.length);
      return outside(means, xbarR(groups).location).map((k) => k + 1);
    },
  },
};
