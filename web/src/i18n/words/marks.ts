/** Points that a person gave, and why. */
export const en = {
  given: 'A teacher gave {points} of {outOf} points ({time}): {reason}',
  judged: 'The check itself came to {judged}.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  given: 'En lärare gav {points} av {outOf} poäng ({time}): {reason}',
  judged: 'Kontrollen själv kom till {judged}.',
};
