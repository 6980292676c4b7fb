import type { Language } from '#contract/text.ts';

/** What the judge says of its own accord, whatever the lab. */
const SENTENCES = {
  passed: { en: 'Yes.', sv: 'Ja.' },
  needs: {
    en: 'This is looked at after {{needs}}.',
    sv: 'Det här tittar jag på efter {{needs}}.',
  },
  missing: {
    en: 'Not answered yet. That costs no try.',
    sv: 'Inte besvarat än. Det kostar inget försök.',
  },
  unread: {
    en: 'I could not read the answer; see below the field. That costs no try.',
    sv: 'Jag kunde inte läsa svaret, se under fältet. Det kostar inget försök.',
  },
  redrawn: {
    en: 'Your tries are used up, so new values have been drawn: read the step again. Full points are still possible.',
    sv: 'Försöken är slut, så nya värden är dragna: läs steget igen. Full poäng går fortfarande att få.',
  },
  newLine: {
    en: 'Your tries are used up, so the line has been started anew with other values: connect again. What you have passed stays passed, and full points are still possible.',
    sv: 'Försöken är slut, så linan har startats om med andra värden: anslut igen. Det du har klarat är fortfarande klarat, och full poäng går fortfarande att få.',
  },
  number: {
    en: 'I cannot read "{{typed}}" as a number.',
    sv: 'Jag kan inte läsa ”{{typed}}” som ett tal.',
  },
  separators: {
    en: 'Is "{{typed}}" thousands or decimals? Write it with one comma or point at most, for the decimals.',
    sv: 'Är ”{{typed}}” tusental eller decimaler? Skriv högst ett komma eller en punkt, för decimalerna.',
  },
  unit: {
    en: 'I cannot convert "{{unit}}" here. Use {{accepted}}.',
    sv: 'Jag kan inte räkna om ”{{unit}}” här. Använd {{accepted}}.',
  },
  noUnit: {
    en: 'Write the number alone, without "{{unit}}".',
    sv: 'Skriv bara talet, utan ”{{unit}}”.',
  },
  integer: { en: 'A whole number is wanted.', sv: 'Ett heltal ska det vara.' },
  range: {
    en: 'That is outside what is possible here: {{min}} to {{max}}{{unit}}.',
    sv: 'Det är utanför vad som är möjligt här: {{min}} till {{max}}{{unit}}.',
  },
  rangeLeast: {
    en: 'That is less than is possible here: at least {{min}}{{unit}}.',
    sv: 'Det är mindre än vad som är möjligt här: minst {{min}}{{unit}}.',
  },
  rangeMost: {
    en: 'That is more than is possible here: at most {{max}}{{unit}}.',
    sv: 'Det är mer än vad som är möjligt här: högst {{max}}{{unit}}.',
  },
  choice: { en: '"{{typed}}" is not one of the choices.', sv: '”{{typed}}” är inget av alternativen.' },
  station: { en: 'The line has no station "{{typed}}".', sv: 'Linan har ingen station ”{{typed}}”.' },
  signal: {
    en: 'The line has no signal "{{typed}}". Write a name such as ST03.Door.Closed, or choose one from the list.',
    sv: 'Linan har ingen signal ”{{typed}}”. Skriv ett namn som ST03.Door.Closed, eller välj ett ur listan.',
  },
  signalLike: {
    en: 'The line has no signal "{{typed}}". Did you mean {{like}}?',
    sv: 'Linan har ingen signal ”{{typed}}”. Menade du {{like}}?',
  },
  time: {
    en: 'Write a time of day such as 06:07, 06:07:30 or Tue 06:07.',
    sv: 'Skriv ett klockslag, till exempel 06:07, 06:07:30 eller tis 06:07.',
  },
  message: {
    en: 'Paste one message as it came, from { to }: it carries a value v and a time t.',
    sv: 'Klistra in ett meddelande som det kom, från { till }: det bär ett värde v och en tid t.',
  },
  serials: {
    en: 'I cannot read "{{typed}}" as serial numbers. Write them with commas between, or a row of them as 104-110.',
    sv: 'Jag kan inte läsa ”{{typed}}” som serienummer. Skriv dem med komma emellan, eller en följd som 104-110.',
  },
  tooFewOf: {
    en: 'I count {{count}}, and at least {{least}} are wanted.',
    sv: 'Jag räknar till {{count}}, och minst {{least}} ska det vara.',
  },
  tooManyOf: {
    en: 'I count {{count}}, and at most {{most}} are wanted.',
    sv: 'Jag räknar till {{count}}, och högst {{most}} ska det vara.',
  },
  columns: {
    en: 'A row has {{count}} columns. Write one row to a line, with a semicolon between: {{wanted}}.',
    sv: 'En rad har {{count}} kolumner. Skriv en rad per rad, med semikolon emellan: {{wanted}}.',
  },
  tooFewWords: {
    en: 'You have {{count}} of at least {{least}} words.',
    sv: 'Det är {{count}} ord; skriv minst {{least}}.',
  },
  tooManyWords: {
    en: 'That is {{count}} words; write at most {{most}}.',
    sv: 'Det är {{count}} ord; skriv högst {{most}}.',
  },
  wordCount: { en: '{{count}} words', sv: '{{count}} ord' },
  notYet: {
    en: 'That can be looked at later: the time that it is about has not come yet. That costs no try.',
    sv: 'Det går att titta på senare: tiden som det gäller har inte kommit än. Det kostar inget försök.',
  },
  notYetUntil: {
    en: 'That can be looked at after {{time}}: the time that it is about has not come yet. That costs no try.',
    sv: 'Det går att titta på efter {{time}}: tiden som det gäller har inte kommit än. Det kostar inget försök.',
  },
  unknown: {
    en: 'What this looks at did not happen on your line, so it cannot be judged yet. That costs no try.',
    sv: 'Det som det här gäller har inte hänt på din lina, så det går inte att bedöma än. Det kostar inget försök.',
  },
  freshSeeds: {
    en: 'Next time it is tried on other lines.',
    sv: 'Nästa gång prövas den på andra linor.',
  },
  ofTeam: {
    en: 'Of your team, {{members}} of {{of}} have done it.',
    sv: 'I ert lag har {{members}} av {{of}} gjort det.',
  },
  ofRole: {
    en: 'It is for whoever is {{role}} in your team.',
    sv: 'Det är för den som är {{role}} i ert lag.',
  },
  tooLong: {
    en: 'That is too long to be an answer here. Nothing was judged; paste the part that is asked for.',
    sv: 'Det är för långt för att vara ett svar här. Inget har bedömts; klistra in den del som det frågas efter.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type SentenceId = keyof typeof SENTENCES;

/** One sentence of our own, with its blanks filled. */
export const say = (id: SentenceId, language: Language, blanks: Readonly<Record<string, string>> = {}): string =>
  SENTENCES[id][language].replace(/\{\{(\w+)\}\}/g, (_, name: string) => blanks[name] ?? '');
