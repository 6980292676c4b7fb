/** Points that a person gave, and why. */
export const en = {
  given: 'A teacher gave {points} of {outOf} points ({time}): {reason}',
  judged: 'The check itself came to {judged}.',
  rubric: 'From your teacher beside these: {points} of {outOf} points.',
  rubricOpen: 'From your teacher beside these so far: {points} of {outOf} points; parts not looked at yet: {open}.',
  team: 'You are a team of {count} and share line and answers.',
  teamRole: 'You are a team of {count} and share line and answers. Your part: {role}.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  given: 'En lärare gav {points} av {outOf} poäng ({time}): {reason}',
  judged: 'Kontrollen själv kom till {judged}.',
  rubric: 'Från läraren därutöver: {points} av {outOf} poäng.',
  rubricOpen: 'Från läraren därutöver hittills: {points} av {outOf} poäng; delar som återstår att bedöma: {open}.',
  team: 'Ni är ett lag på {count} och delar lina och svar.',
  teamRole: 'Ni är ett lag på {count} och delar lina och svar. Din del: {role}.',
};
