import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal, type RefusalCode } from '#simulator/kernel/refusal.ts';
import { FEATURES } from './vision-features.ts';

/** `limits` replace the standard ones of FEATURES; the limit of the bore is a parameter of its own. */
interface Thresholds {
  readonly kind: 'thresholds';
  readonly limits?: Readonly<Record<string, number>>;
}
/** Logistic: the score is 1 / (1 + e^-z) with z = bias + the sum of weight times feature, in the units of FEATURES. */
interface Linear {
  readonly kind: 'linear';
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}
/** Asks whether a feature lies below a number, and goes on at another, later node; or answers with a score, 0 to 1. */
export type TreeNode =
  | { readonly feature: string; readonly at: number; readonly below: number; readonly above: number }
  | { readonly score: number };
interface Tree {
  readonly kind: 'tree';
  /** The first is the root. */
  readonly nodes: readonly TreeNode[];
}
export type ClassifierConfig = Thresholds | Linear | Tree;

export const MOST_NODES = 15;
export const KINDS = ['thresholds', 'linear', 'tree'] as const;

const GREATEST = 1e6;
const NAMES = FEATURES.map(({ name }) => name);
const LIMITED = FEATURES.filter(({ limit, name }) => limit < Infinity && name !== 'boreDeviation').map(
  ({ name }) => name,
);
const EXAMPLE = '{"kind":"linear","bias":-6,"weights":{"burrArea":1.2}}';

type Given = Readonly<Record<string, unknown>>;

const refuse = (message: string, hint: string, code: RefusalCode = 'wrong_type'): Refusal =>
  new Refusal(message, hint, code);

/** Reads a configuration, as an object or as its JSON. Throws a Refusal that names the field and says what would be right. */
export function readClassifier(value: unknown): ClassifierConfig {
  const given = objectAt('The classifier', typeof value === 'string' ? parsed(value) : value);
  const { kind } = given;
  if (kind === 'thresholds') {
    onlyKeys('The classifier', given, ['kind', 'limits']);
    return given.limits === undefined ? { kind } : { kind, limits: numbersAt('limits', given.limits, LIMITED, 0.001) };
  }
  if (kind === 'linear') {
    onlyKeys('The classifier', given, ['kind', 'bias', 'weights']);
    return {
      kind,
      bias: numberAt('bias', given.bias, -GREATEST, GREATEST),
      weights: numbersAt('weights', given.weights, NAMES, -GREATEST),
    };
  }
  if (kind === 'tree') {
    onlyKeys('The classifier', given, ['kind', 'nodes']);
    return { kind, nodes: nodesAt(given.nodes) };
  }
  throw refuse(`"kind" cannot be ${told(kind)}.`, `Give ${KINDS.join(', ')}.`, 'out_of_range');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse('The classifier is no JSON.', `Give an object such as ${EXAMPLE}.`);
  }
}

function nodesAt(given: unknown): TreeNode[] {
  const isList = Array.isArray(given) && given.length >= 1 && given.length <= MOST_NODES;
  if (!isList) throw refuse('"nodes" is no list of nodes.', `Give 1 to ${MOST_NODES} nodes.`, 'out_of_range');
  return given.map((each: unknown, k) => {
    const where = `nodes[${k}]`;
    const node = objectAt(`"${where}"`, each);
    if ('score' in node) {
      onlyKeys(`"${where}"`, node, ['score']);
      return { score: numberAt(`${where}.score`, node.score, 0, 1) };
    }
    onlyKeys(`"${where}"`, node, ['feature', 'at', 'below', 'above', 'score']);
    const next = (name: 'below' | 'above'): number => {
      const to = node[name];
      if (typeof to === 'number' && to > k && to < given.length && to === Math.floor(to)) return to;
      throw refuse(
        `"${where}.${name}" cannot be ${told(to)}.`,
        `Give the number of a later node, up to ${given.length - 1}.`,
        'out_of_range',
      );
    };
    const at = numberAt(`${where}.at`, node.at, -GREATEST, GREATEST);
    return {
      feature: featureAt(`${where}.feature`, node.feature, NAMES),
      at,
      below: next('below'),
      above: next('above'),
    };
  });
}

function numbersAt(where: string, given: unknown, known: readonly string[], low: number): Record<string, number> {
  const entries = Object.entries(objectAt(`"${where}"`, given));
  return Object.fromEntries(
    entries.map(([name, value]) => [featureAt(where, name, known), numberAt(`${where}.${name}`, value, low, GREATEST)]),
  );
}

function featureAt(where: string, name: unknown, known: readonly string[]): string {
  if (typeof name === 'string' && known.includes(name)) return name;
  if (name === 'boreDeviation') {
    throw refuse(`"${where}" has no limit of the bore.`, 'Set the parameter Threshold.Bore.', 'out_of_range');
  }
  throw refuse(
    `"${where}" names the feature ${told(name)}.${didYouMean(String(name), known)}`,
    `There are ${known.join(', ')}.`,
    'out_of_range',
  );
}

function numberAt(where: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number')
    throw refuse(`"${where}" cannot be ${told(value)}.`, `Give a number from ${low} to ${high}.`);
  if (value >= low && value <= high) return value;
  throw refuse(`"${where}" cannot be ${value}.`, `Give a number from ${low} to ${high}.`, 'out_of_range');
}

function objectAt(where: string, value: unknown): Given {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given;
  throw refuse(`${where} cannot be ${told(value)}.`, `Give an object, as in ${EXAMPLE}.`);
}

function onlyKeys(where: string, given: Given, known: readonly string[]): void {
  const stranger = Object.keys(given).find((key) => !known.includes(key));
  if (stranger === undefined) return;
  throw refuse(
    `${where} has no ${told(stranger)}.${didYouMean(stranger, known)}`,
    `It has ${known.join(', ')}.`,
    'out_of_range',
  );
}

/** A value as a refusal repeats it: short, whatever was sent. */
function told(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
