import { at, type LabByPanes } from './lab-by-panes.ts';

const SPEED = 'ST03.Spindle.Speed';
const LOAD = 'ST03.Spindle.Load';
const VIBRATION = 'ST03.Spindle.Vibration';
const BALLS = 9;
/** Diameter of a ball by that of the pitch circle. */
const K = 7.94 / 39.04;
const OUTER = (BALLS / 2) * (1 - K);
const INNER = (BALLS / 2) * (1 + K);

/** Hears the bearing before it fails: a rule from the healthy hours, a spectrum from the recordings, a stop in time. */
export async function playBearingAlarm(person: LabByPanes): Promise<void> {
  const hz = ((await person.told(/m\/min/)) * 1000) / (Math.PI * 20) / 60;
  await person.answer(...[OUTER, INNER, (1 - K * K) / (2 * K)].map((order) => (order * hz).toFixed(1)));
  await person.check();
  await person.next();

  const healthy = await person.take([VIBRATION, LOAD, SPEED], at(0, 6.5), at(0, 8));
  await person.picture('healthy');
  await person.check();
  await person.next();

  // What the sound spindle never passed while it turned at full speed and cut nothing, and a fifth more.
  const fast = Math.round(0.96 * hz * 60);
  const idle = healthy.filter(({ values }) => values[SPEED] > fast && values[LOAD] < 10);
  const most = Math.max(...idle.map(({ values }) => values[VIBRATION]));
  const limit = 1.2 * Math.ceil(most / 0.04) * 0.04;
  await person.define('bearing', `${SPEED} > ${fast} && ${LOAD} < 10 && ${VIBRATION} > ${limit.toFixed(2)}`);
  await person.picture('rule');
  await person.check();
  await person.next();

  await person.pause();
  await person.runUntilRule();
  // The lines stand out more from hour to hour.
  await person.runUntil((await person.now()) + 1800);
  await person.runUntilRule();
  // While the spindle runs up or down the lines are smeared, and not where they belong.
  let found = heard(await person.highestLines('ST03'), hz);
  for (let k = 0; found === undefined && k < 6; k++) {
    if (k % 2 === 0) await person.runUntil((await person.now()) + 2);
    else await person.runUntilRule();
    found = heard(await person.highestLines('ST03'), hz);
  }
  if (found === undefined) throw new Error('No recording shows a line of a race.');
  await person.answer(found.part, found.hz.toFixed(1));
  await person.picture('race');
  await person.check();
  await person.next();

  await person.command('ST03', 'Stop');
  await person.runUntil((await person.now()) + 600);
  await person.check();
  await person.hasPassed(18);
}

/** The race of the highest line between those of both, if there is a line where that race is struck. */
function heard(lines: readonly (readonly [hz: number, height: number])[], hz: number) {
  const between = lines.map(([f]) => f).filter((f) => f > 3 * hz && f < 6 * hz);
  // A side line, one turn below, belongs to the inner race too.
  const [part, order] = between[0] / hz < 4 ? (['outer', OUTER] as const) : (['inner', INNER] as const);
  const line = between.find((f) => Math.abs(f / hz / order - 1) < 0.015);
  return line === undefined ? undefined : { part, hz: line };
}
