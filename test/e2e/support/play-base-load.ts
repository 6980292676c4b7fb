import { at, type LabByPanes } from './lab-by-panes.ts';

/** From the guide. */
const STANDBY_KW: Readonly<Record<string, number>> = { ST03: 6, ST04: 1.04, ST07: 2.6, ST10: 0.72 };
const STOPPED = ['ST01', 'ST03', 'ST04', 'ST07', 'ST08', 'ST09', 'ST10'];

const newest = (path: string, t: number) =>
  `(SELECT value FROM signals WHERE path = '${path}' AND t <= ${t} ORDER BY t DESC LIMIT 1)`;
const delta = (path: string, from: number, to: number) =>
  `printf('%.4f', ${newest(path, to)} - ${newest(path, from)}) AS "${path}"`;
const wanted = (paths: readonly string[], from: number, to: number) =>
  `SELECT ${paths.map((path) => delta(path, from, to)).join(',\n  ')}`;

/** Measures the base load with queries, finds who was left on, and stops the line for a night. */
export async function playBaseLoad(person: LabByPanes): Promise<void> {
  await person.runUntil(at(0, 14.1));
  const early = [at(0, 6), at(0, 14)] as const;
  const [kwh, good] = await person.query(wanted(['ST12.Meter.Main.Energy', 'Line.Parts.Finished'], ...early));
  await person.answer(String(Number(good)), (Number(kwh) / Number(good)).toFixed(4));
  await person.picture('part');
  await person.check();
  await person.next();

  await person.runUntil(at(1, 5.5));
  const candidates = Object.keys(STANDBY_KW);
  const paths = [
    'ST12.Meter.Main.Energy',
    'ST12.Compressor.LoadedTime',
    ...candidates.map((id) => `${id}.Meter.Energy`),
  ];
  const [base, loaded, ...each] = (await person.query(wanted(paths, at(0, 23), at(1, 5)))).map((x) => Number(x) / 6);
  const k = candidates.findIndex((id, n) => each[n] > 1.12 * STANDBY_KW[id]);
  const share = (100 * base * 8) / Number(kwh);
  await person.answer(
    ...[base.toFixed(2), (100 * loaded).toFixed(1), candidates[k], each[k].toFixed(3), share.toFixed(1)],
  );
  await person.picture('night');
  await person.check();
  await person.next();

  await person.runUntil(at(1, 22 + 1 / 6));
  for (const id of STOPPED) await person.command(id, 'Stop');
  await person.picture('stopped');
  await person.runUntil(at(2, 5.6));
  for (const id of STOPPED) await person.command(id, 'Reset');
  await person.runUntil(at(2, 5.7));
  for (const id of STOPPED) await person.command(id, 'Start');
  await person.runUntil(at(2, 6.8));
  await person.check();
  await person.hasPassed(12);
}
