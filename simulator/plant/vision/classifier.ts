import { type ObjectField, record, type Site, u8 } from '#simulator/kernel/fields.ts';
import { exp } from '#simulator/kernel/math.ts';
import { type ClassifierConfig, KINDS, MOST_NODES, readClassifier, type TreeNode } from './classifier-config.ts';
import { FEATURES, type Look, SCREWS } from './vision-features.ts';

/** Numbers of a node: which feature it asks for, and where it goes on. */
const NODE = 3;
const LEAF = 255;
const BIAS = FEATURES.length;
/** The score of a part that lies exactly on a limit; with the threshold at its standard value such a part is good. */
const AT_LIMIT = 0.8;
const SCREW_COUNT = FEATURES.findIndex(({ name }) => name === 'screwCount');

/** Gives every look a defect score from 0 to 1. Its numbers lie in the slab, so that a fork or a replay has them too. */
export class Classifier extends record({ kind: u8() }) {
  /** Limits, or weights and bias, or by node the number that it compares with or its score. */
  private readonly numbersAt: number;
  private readonly nodesAt: number;

  constructor(site: Site) {
    super(site);
    const { layout } = site.kernel;
    this.numbersAt = layout.take('f64', MOST_NODES, `${site.path}.numbers`);
    this.nodesAt = layout.take('u8', MOST_NODES * NODE, `${site.path}.nodes`);
  }

  /** `boreLimit` in um counts among thresholds only. */
  score(look: Look, boreLimit: number): number {
    if (this.kind === 0) return Math.min(1, AT_LIMIT * this.worst(look, boreLimit));
    return this.kind === 1 ? 1 / (1 + exp(-this.sum(look))) : this.walk(look);
  }

  /** Replaces the classifier; throws a Refusal that names what is wrong in a configuration, and then changes nothing. */
  set(value: unknown): void {
    const config = readClassifier(value);
    const numbers = this.f64.subarray(this.numbersAt, this.numbersAt + MOST_NODES).fill(0);
    const nodes = this.u8.subarray(this.nodesAt, this.nodesAt + MOST_NODES * NODE).fill(0);
    this.kind = KINDS.indexOf(config.kind);
    if (config.kind === 'tree') {
      config.nodes.forEach((node, k) => {
        const isLeaf = 'score' in node;
        numbers[k] = isLeaf ? node.score : node.at;
        nodes.set(isLeaf ? [LEAF, 0, 0] : [numberOf(node.feature), node.below, node.above], NODE * k);
      });
      return;
    }
    FEATURES.forEach(({ name, limit }, k) => {
      numbers[k] = config.kind === 'linear' ? (config.weights[name] ?? 0) : (config.limits?.[name] ?? limit);
    });
    if (config.kind === 'linear') numbers[BIAS] = config.bias;
  }

  /** What `set` would take. */
  get config(): ClassifierConfig {
    const kind = KINDS[this.kind];
    const byFeature = (isShown: (value: number, feature: number) => boolean) =>
      Object.fromEntries(
        FEATURES.map(({ name }, k) => [name, this.number(k)] as const).filter(([, value], k) => isShown(value, k)),
      );
    if (kind === 'linear') return { kind, bias: this.number(BIAS), weights: byFeature((weight) => weight !== 0) };
    if (kind === 'tree') return { kind, nodes: this.nodes() };
    return { kind, limits: byFeature((limit, k) => k > 0 && limit < Infinity) };
  }

  private worst(look: Look, boreLimit: number): number {
    let worst = Math.abs(look.bore) / boreLimit;
    for (let k = 1; k < FEATURES.length; k++) {
      const ratio = k === SCREW_COUNT ? 2 * (SCREWS - look.screwCount) : look.feature(k) / this.number(k);
      if (ratio > worst) worst = ratio;
    }
    return worst;
  }

  private sum(look: Look): number {
    let sum = this.number(BIAS);
    for (let k = 0; k < FEATURES.length; k++) sum += this.number(k) * look.feature(k);
    return sum;
  }

  private walk(look: Look): number {
    let node = 0;
    for (;;) {
      const feature = this.u8[this.nodesAt + NODE * node];
      if (feature === LEAF) return this.number(node);
      node = this.u8[this.nodesAt + NODE * node + (look.feature(feature) < this.number(node) ? 1 : 2)];
    }
  }

  private number(k: number): number {
    return this.f64[this.numbersAt + k];
  }

  /** Those that can be reached: every node leads to later ones. */
  private nodes(): TreeNode[] {
    const nodes: TreeNode[] = [];
    for (let k = 0, last = 0; k <= last; k++) {
      const [feature, below, above] = this.u8.subarray(this.nodesAt + NODE * k);
      if (feature !== LEAF) last = Math.max(last, below, above);
      nodes.push(
        feature === LEAF
          ? { score: this.number(k) }
          : { feature: FEATURES[feature].name, at: this.number(k), below, above },
      );
    }
    return nodes;
  }
}

const numberOf = (feature: string): number => FEATURES.findIndex(({ name }) => name === feature);

/** A definition may give another one under the name of the field; without it the thresholds of FEATURES hold. */
export const classifier = (): ObjectField<Classifier> => ({
  bind: (site) => new Classifier(site),
  setting: {
    fallback: { kind: 'thresholds' },
    write: (owner, name, value) => (owner as Record<string, Classifier>)[name].set(value),
    read: (owner, name) => (owner as Record<string, Classifier>)[name].config,
  },
});
