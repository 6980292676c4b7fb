import type { Language } from '#contract/text.ts';

/** What the judge says of its own accord, whatever the lab. */
const SENTENCES = {
  passed: { en: 'Yes.', sv: 'Ja.' },
  needs: {
    en: 'This is looked at once {{needs}} is done.',
    sv: 'Det här tittar jag på när {{needs}} är klart.',
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
  integer: { en: 'A whole number is wanted.', sv: 'Ett heltal ska det vara.' },
  range: {
    en: 'That is outside what is possible here: {{min}} to {{max}} {{unit}}.',
    sv: 'Det är utanför vad som är möjligt här: {{min}} till {{max}} {{unit}}.',
  },
  choice: { en: '"{{typed}}" is not one of the choices.', sv: '”{{typed}}” är inget av alternativen.' },
  station: { en: 'The line has no station "{{typed}}".', sv: 'Linan har ingen station ”{{typed}}”.' },
  signal: { en: 'The line has no signal "{{typed}}".', sv: 'Linan har ingen signal ”{{typed}}”.' },
  signalLike: {
    en: 'The line has no signal "{{typed}}". Did you mean {{like}}?',
    sv: 'Linan har ingen signal ”{{typed}}”. Menade du {{like}}?',
  },
  time: {
    en: 'Write a time of day such as 06:07 or 06:07:30.',
    sv: 'Skriv ett klockslag, till exempel 06:07 eller 06:07:30.',
  },
  message: {
    en: 'Paste one message as it came, from { to }: it carries a value v and a time t.',
    sv: 'Klistra in ett meddelande som det kom, från { till }: det bär ett värde v och en tid t.',
  },
  tooLong: { en: 'That is too long.', sv: 'Det är för långt.' },
} as const satisfies Record<string, Record<Language, string>>;

export type SentenceId = keyof typeof SENTENCES;

/** One sentence of our own, with its blanks filled. */
export const say = (id: SentenceId, language: Language, blanks: Readonly<Record<string, string>> = {}): string =>
  SENTENCES[id][language].replace(/\{\{(\w+)\}\}/g, (_, name: string) => blanks[name] ?? '');
