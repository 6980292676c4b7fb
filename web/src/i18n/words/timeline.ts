/** The timeline. */
export const en = {
  'timeline.title': 'Timeline',
  'timeline.window': 'Window',
  'timeline.last': 'last {duration}',
  'timeline.lane': '{station}: {shares}',
  'timeline.share': '{state} {percent}',
  'timeline.hide': 'Hide timeline',
  'timeline.show': 'Show timeline',
  'timeline.look': 'Look back',
  'timeline.atNow': 'Now',
  'timeline.looking': 'Looking at {time}',
  'timeline.backToNow': 'Back to now',
  'timeline.summary': 'Share of time in each state',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'timeline.title': 'Tidslinje',
  'timeline.window': 'Fönster',
  'timeline.last': 'senaste {duration}',
  'timeline.lane': '{station}: {shares}',
  'timeline.share': '{state} {percent}',
  'timeline.hide': 'Dölj tidslinjen',
  'timeline.show': 'Visa tidslinjen',
  'timeline.look': 'Se tillbaka',
  'timeline.atNow': 'Nu',
  'timeline.looking': 'Visar {time}',
  'timeline.backToNow': 'Tillbaka till nu',
  'timeline.summary': 'Andel av tiden i varje tillstånd',
};
