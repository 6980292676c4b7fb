import { at, type LabByPanes, type Row } from './lab-by-panes.ts';

const COUNTER = 'ST03.Counter.Parts';
const BORE = 'ST03.Bore.Deviation';
const SERIAL = 'ST03.Part.Serial';
const REASON = 'ST03.State.Reason';
const COOLANT = 'ST03.Coolant.Level';
const AIR = 'ST12.Air.Flow';
/** Reasons from here on are faults of the machine. */
const FAULTS_FROM = 100;
/** A2 and D4, with more decimals than the guide needs: the rule looks at some sixty means, and one may lie on its border. */
const FACTORS: Readonly<Record<number, readonly [a2: number, d4: number]>> = {
  4: [0.7286, 2.28205],
  5: [0.5768, 2.1145],
  6: [0.48325, 2.00394],
};

interface Part {
  /** The first whole second at which it was done. */
  readonly t: number;
  readonly bore: number;
  readonly serial: number;
}

/** A value at each step of the counter. Which part it was stood there until then. */
const partsIn = (rows: readonly Row[]): Part[] =>
  rows.flatMap(({ t, values }, k) =>
    k > 0 && values[COUNTER] > rows[k - 1].values[COUNTER]
      ? [{ t, bore: values[BORE], serial: rows[k - 1].values[SERIAL] }]
      : [],
  );

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function limitsOf(groups: readonly (readonly number[])[]) {
  const [a2, d4] = FACTORS[groups[0].length];
  const means = groups.map(average);
  const cl = average(means);
  const rBar = average(groups.map((group) => Math.max(...group) - Math.min(...group)));
  const [ucl, lcl] = [cl + a2 * rBar, cl - a2 * rBar];
  return { cl, rBar, ucl, lcl, uclR: d4 * rBar, outside: means.findIndex((mean) => mean > ucl || mean < lcl) };
}

/** Builds the chart from files of the Trends pane, lets a rule watch, and finds when, why and for which parts it spoke. */
export async function playSpcShift(person: LabByPanes): Promise<void> {
  const n = await person.told(/(?:parts|detaljer)/);
  const morning = partsIn(await person.take([COUNTER, BORE], 0, at(0, 7.5))).slice(0, 25 * n);
  await person.picture('collected');
  await person.check();
  await person.next();

  const groups = Array.from({ length: 25 }, (_, k) => morning.slice(k * n, (k + 1) * n).map(({ bore }) => bore));
  const odd = limitsOf(groups).outside;
  const { cl, ucl, lcl, rBar, uclR } = limitsOf(groups.filter((_, k) => k !== odd));
  const asked = [average(groups[odd]), cl, ucl, lcl, rBar, uclR];
  await person.answer(String(odd + 1), ...asked.map((um) => um.toFixed(2)));
  await person.check();
  await person.next();

  const mean = `mean(${BORE}, "${n} parts")`;
  const when = `${mean} > ${ucl.toFixed(4)} || ${mean} < ${lcl.toFixed(4)}`;
  await person.define('xbar', when, `${n} parts at ST03`);
  await person.picture('rule');
  await person.check();
  await person.next();

  await person.pause();
  await person.runUntilRule();
  // A mill that changes its tool cannot be held.
  for (let k = 0; !(await person.command('ST03', 'Hold')); k++) {
    if (k === 5) throw new Error('The mill cannot be held.');
    await person.runUntil((await person.now()) + 40);
  }
  const heldS = Math.ceil(await person.now()) + 5;
  await person.runUntil(heldS);
  const rows = await person.take([COUNTER, BORE, SERIAL, REASON, COOLANT, AIR], morning.at(-1)!.t, heldS);
  const parts = partsIn(rows);
  const newest = parts.slice(-n);
  const first = (isIt: (values: Row['values']) => boolean) => rows.find(({ values }) => isIt(values))?.t;
  const broke = first((values) => values[REASON] >= FAULTS_FROM);
  // With each part 0.04 % of the tank go; whatever goes besides is a leak.
  const leak = first((values) => values[COOLANT] + 0.04 * values[COUNTER] < 83.75);
  const air = first((values) => values[AIR] > 12.5);
  const cause = broke !== undefined ? 'tool' : leak !== undefined ? 'coolant' : 'clamping';
  // No later than when the first part of the subgroup that signalled was begun.
  const seen = leak !== undefined ? leak - 60 : (air ?? Infinity) - 30;
  const began = broke ?? Math.min(newest[0].t - 40, seen);
  // The chart may have missed a subgroup: two at least.
  const since = Math.min(began - 60, parts.at(-2 * n)!.t);
  const suspects = parts.filter(({ t }) => t >= since).map(({ serial }) => serial);
  const moved = average(newest.map(({ bore }) => bore)) - cl;
  await person.answer(cause, timeOf(began), moved.toFixed(2), suspects.join(', '));
  await person.picture('watched');
  await person.check();
  await person.hasPassed(20);
}

/** The minute of the day in which it was, as the field asks for it. */
const timeOf = (s: number): string => new Date((s + 5.5 * 3600) * 1000).toISOString().slice(11, 16);
