/** A sentence of the server and what it is in Swedish. `{}` is a hole; the Swedish names them in order, from `{1}`. */
export type Sentence = readonly [en: string, sv: string];

/** English in small letters -> Swedish. */
export type Phrases = ReadonlyMap<string, string>;

interface Template {
  readonly pattern: RegExp;
  readonly sv: string;
  readonly letters: number;
}

const JOINS: Readonly<Record<string, string>> = { ' or ': ' eller ', ' and ': ' och ' };

/** Longer ones are no sentences that a server writes. */
const LONGEST = 2000;

/**
 * Reads what the server says in English, sentence by sentence, and says it in Swedish. English stays on the wire, where
 * UaExpert and MQTT clients read it too. Undefined if it holds a sentence that is not in the list.
 * @param phrases what stands in a hole and is English as well, in small letters
 * @returns a reader that takes more such phrases, of the line that is open
 */
export function sentenceReader(sentences: readonly Sentence[], phrases: Phrases) {
  const templates = sentences.map(templateOf).sort((a, b) => b.letters - a.letters);

  function read(text: string, more: Phrases): string | undefined {
    if (text === '') return '';
    for (const { pattern, sv } of templates) {
      const found = pattern.exec(text);
      if (!found) continue;
      const rest = read(text.slice(found[0].length).trimStart(), more);
      if (rest === undefined) continue;
      const said = sv.replace(/\{(\d)\}/g, (_, n: string) => phrase(found[Number(n)] ?? '', more));
      return rest === '' ? said : `${said} ${rest}`;
    }
    return undefined;
  }

  function phrase(words: string, more: Phrases): string {
    const find = (part: string) => more.get(part.toLowerCase()) ?? phrases.get(part.toLowerCase());
    return (
      find(words) ??
      words
        .split(/(, | or | and )/)
        .map((part) => JOINS[part] ?? find(part) ?? typeset(part))
        .join('')
    );
  }

  return (text: string, more: Phrases = new Map()): string | undefined =>
    text.length > LONGEST ? undefined : readWithPlace(text, (plain) => read(plain, more));
}

/** `2.2 m` is 2,2 m in Swedish, and "fast" is ”fast”; what only looks like a number, such as 1.0.3, stays. */
const typeset = (part: string): string =>
  /^-?\d+\.\d+( [^\s.]+)?$/.test(part) ? part.replace('.', ',') : part.replace(/^"([^"]*)"$/, '”$1”');

function templateOf([en, sv]: Sentence): Template {
  const parts = en.split('{}');
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)');
  return { pattern: new RegExp(`^${source}(?= |$)`), sv, letters: parts.join('').length };
}

/** `1:6: There is no signal ...`, the line, a caret, and perhaps the hint: the place stays, what is said of it is read. */
const PLACED = /^(\d+:\d+: )([^\n]*)(\n[^\n]*\n *\^)(?: ([^]+))?$/;
/** `B: it sets ...`: of which variant. */
const NAMED = /^([A-Z]: )([^\n]+)$/;

function readWithPlace(text: string, read: (text: string) => string | undefined): string | undefined {
  const named = NAMED.exec(text);
  if (named) {
    const said = readWithPlace(named[2], read);
    return said === undefined ? undefined : named[1] + said;
  }
  const placed = PLACED.exec(text);
  if (!placed) return read(text.trim());
  const [, place, message, drawing, hint] = placed;
  const said = read(message);
  const advice = hint === undefined ? '' : read(hint.trim());
  if (said === undefined || advice === undefined) return undefined;
  return `${place}${said}${drawing}${advice === '' ? '' : ` ${advice}`}`;
}
