import type { Text } from '#contract/text.ts';

const DISPATCHING: Readonly<Record<string, readonly [string, string]>> = {
  fifo: ['first come, first served', 'i den ordning de kom'],
  spt: ['least work first', 'minst arbete först'],
  edd: ['earliest due first', 'tidigast förfallotid först'],
  'critical-ratio': ['least time left for its work first', 'minst tid kvar för sitt arbete först'],
  priority: ['lowest number first', 'lägst tal först'],
  'same-variant': ['least changeover first', 'minst omställning först'],
};

const SWEDISH: Readonly<Record<string, string>> = {
  never: 'aldrig',
  waiting: 'när den väntar',
  allowed: 'tillåtet',
  denied: 'nekat',
  engineer: 'ingenjör',
  operator: 'operatör',
  observer: 'betraktare',
  none: 'ingen',
  nobody: 'ingen',
};

/** A word that a parameter may be set to, as people read it. The word itself stays in it: that is what one's own tools write. */
export function choiceText(word: string): Text {
  const rule = DISPATCHING[word];
  if (rule) return { en: `${word}: ${rule[0]}`, sv: `${word}: ${rule[1]}` };
  return { en: word, sv: SWEDISH[word] ? `${SWEDISH[word]} (${word})` : word };
}
