import type { Facts, PlantWindow } from '#contract/facts.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { type LabFunction, type LabFunctions, span, usOf } from './lab-function.ts';
import { NotYet } from './value.ts';

const energyKwh = (facts: Facts, of: string, over: PlantWindow): number =>
  facts.keep(`truth.energy ${of} ${span(over)}`, () => {
    const before = new Map(facts.totals(over.fromUs).stations.map(({ id, energyKwh: kwh }) => [id, kwh]));
    return facts
      .totals(over.toUs)
      .stations.filter(({ id }) => (of === 'line' ? true : of === 'stations' ? id !== 'ST12' : id === of))
      .reduce((sum, { id, energyKwh: kwh }) => sum + kwh - (before.get(id) ?? 0), 0);
  });
const hours = ({ fromUs, toUs }: PlantWindow): number => (toUs - fromUs) / (3600 * SECOND);

const count = (facts: Facts, what: 'finished' | 'scrapped' | 'started', over: PlantWindow): number =>
  facts.keep(
    `truth.parts ${what} ${span(over)}`,
    () => facts.totals(over.toUs)[what] - facts.totals(over.fromUs)[what],
  );

const truthOf = (of: (facts: Facts, over: PlantWindow, station: string) => number, name: string): LabFunction => ({
  takes: ['of', 'window'],
  isSecret: true,
  apply: ({ facts, text, window }) => {
    const [station, over] = [text(0), window(1)];
    return facts.keep(`truth.${name} ${station} ${span(over)}`, () => of(facts, over, station));
  },
});

/** Of the cause, whatever sensors show. */
export const TRUTH_FUNCTIONS: LabFunctions = {
  'truth.energy': {
    takes: ['of', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => energyKwh(facts, text(0), window(1)),
  },
  'truth.power': {
    takes: ['of', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => energyKwh(facts, text(0), window(1)) / hours(window(1)),
  },
  'truth.parts': {
    takes: ['text', 'window'],
    isSecret: true,
    apply: ({ facts, text, window }) => {
      const over = window(1);
      const good = () => count(facts, 'finished', over);
      return text(0) === 'good'
        ? good()
        : text(0) === 'scrapped'
          ? count(facts, 'scrapped', over)
          : good() + count(facts, 'scrapped', over);
    },
  },
  'truth.scrapRate': {
    takes: ['window'],
    isSecret: true,
    apply: ({ facts, window }) => {
      const bad = count(facts, 'scrapped', window(0));
      return bad / (bad + count(facts, 'finished', window(0)));
    },
  },
  'truth.oee': truthOf(
    (facts, over, of) => (of === 'line' ? facts.truth(over).line.oee : facts.truth(over).stations[of].oee),
    'oee',
  ),
  'truth.utilisation': truthOf((facts, over, of) => facts.truth(over).stations[of].availability, 'utilisation'),
  'truth.serials': {
    takes: ['station', 'number', 'number'],
    isSecret: true,
    apply: ({ facts, text, number }) => {
      const over = { fromUs: usOf(number(1)), toUs: usOf(number(2)) };
      if (Number.isNaN(over.fromUs) || Number.isNaN(over.toUs)) throw new NotYet();
      return facts.keep(`truth.serials ${text(0)} ${span(over)}`, () =>
        facts.events(`${text(0)}.PartDone`, over).map(({ value }) => value),
      );
    },
  },
  /** When the fault of this kind began, in seconds; NaN if it did not. */
  'truth.began': {
    takes: ['text'],
    isSecret: true,
    apply: ({ facts, text }) =>
      facts.keep(`truth.began ${text(0)}`, () => {
        const all = facts.faults?.() ?? facts.truth({ fromUs: 0, toUs: facts.nowUs }).faults;
        const met = all.find(({ fault }) => fault === text(0));
        return met === undefined ? NaN : met.beganUs / SECOND;
      }),
  },
};
