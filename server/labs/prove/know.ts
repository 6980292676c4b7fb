import { SECOND } from '#simulator/kernel/time.ts';
import type { Lab } from '../lab.ts';
import type { Player } from './player.ts';

/** Which values are meant by the sentences on the screen: what somebody knows who knows the machine. */
export function recognise(lab: Lab, words: string, known: Readonly<Record<string, unknown>>): string[] {
  const meaning = new Map(
    Object.entries(lab.texts.en.words[words] ?? {}).map(([value, sentence]) => [sentence, value]),
  );
  const shown = Object.entries(known.shown as Record<string, string>);
  const of = shown.filter(([name]) => name === words || name.startsWith(`${words}.`));
  return of
    .sort(([a], [b]) => Number(a.slice(words.length + 1)) - Number(b.slice(words.length + 1)))
    .map(([, sentence]) => {
      const value = meaning.get(sentence);
      if (value === undefined) throw new Error(`Nobody knows what "${sentence}" is.`);
      return value;
    });
}

/** The longest time in which a station gave a reason that is one of the choices of a field. */
export async function longestStop(lab: Lab, player: Player, step: string, { ask }: { ask: string }) {
  const choices = Object.entries(lab.texts.en.steps[step].options?.[ask] ?? {});
  const reasons = (await player.signals()).filter(({ path, words }) => path.endsWith('.State.Reason') && words);
  const columns = await player.history(reasons.map(({ path }) => path));
  let longest = { station: '', reason: '', beganUs: 0, us: 0 };
  for (const [k, { tUs, values }] of columns.entries()) {
    const { station, words } = reasons[k];
    for (const [n, value] of values.entries()) {
      const word = words?.[String(value)]?.en;
      const reason = choices.find(([, label]) => label === word)?.[0];
      const us = (tUs[n + 1] ?? -Infinity) - tUs[n];
      if (reason !== undefined && us > longest.us) longest = { station, reason, beganUs: tUs[n], us };
    }
  }
  const { station, reason, beganUs, us } = longest;
  const { anchorMs } = await player.clock();
  const began = new Date(Math.round(anchorMs + beganUs / 1000)).toISOString().slice(11, 19);
  return { station, reason, began, seconds: Math.round(us / SECOND) };
}
