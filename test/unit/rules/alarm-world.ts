import type { Cell } from '#simulator/cell/cell.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { happenings } from '#simulator/cell/history.ts';
import { Model } from '#simulator/cell/model.ts';
import { SECOND, seconds } from '#simulator/kernel/time.ts';
import type { Document } from '#simulator/plant/capture.ts';

const text = { en: 'Something', sv: 'Något' };
/** An alarm of a definition. */
export const base = { signal: 'Rules.R1.Published', kind: 'high', limit: 10, class: 'process', consequence: text };
/** A cell of nothing but alarms and rules. */
export const modelWith = (alarms: object, more: object = {}): Model =>
  new Model({
    parts: 1,
    stations: {
      Alarms: { type: 'alarms', every: 1, alarms, ...more },
      Rules: { type: 'rules' },
    },
  });

/** A cell whose one signal is 0 for 5 s and then follows `values`, each for 10 s; its alarms look every second, or as said. */
export function following(alarm: object, values: readonly number[], every = 1): Cell {
  const cell = createCell(modelWith({ A: { ...base, enabled: true, ...alarm } }, { every }), { seed: 1 });
  const value = values.reduceRight(
    (later, each, k) => `Rules.R1.Fired == ${k} ? ${each} : ${later}`,
    String(values.at(-1)),
  );
  const rule = { id: 'x', when: 'true', until: 'true', every: '5 s', do: 'publish', value };
  cell.command({ target: 'Rules.Define', value: rule });
  cell.runUntil(seconds(5 + 10 * values.length));
  return cell;
}
/** What was told of alarms: `16 Raised`. */
export const story = (cell: Cell): string[] =>
  happenings(cell, 0, cell.now)
    .filter(({ event }) => event.startsWith('Alarms.'))
    .map(({ t, event }) => `${t / SECOND} ${event.slice(12)}`);
export const stateOf = (cell: Cell): number => cell.read('Alarms.A.State');

/** An alarm of a participant's own. */
export const own = { alarm: 'Own', signal: 'Rules.R1.Published', kind: 'high', limit: 8, text: 'Too much' };
export const giving = (cell: Cell) => (command: string, value: unknown) =>
  cell.command({ target: `Alarms.${command}`, value });

export const alarmsOf = (cell: Cell) => (cell.capture('Alarms.All') as Document).content.alarms as object[];
