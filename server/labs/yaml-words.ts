import type { ErrorCode } from 'yaml';

/** What an error of the YAML reader means to somebody who writes a lab: what stands there, and what to do. */
const MEANINGS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab stands here: indent with spaces, two for each level',
  BAD_INDENT:
    'this line or the next is not indented as what stands around it: keys of one level begin in the same column',
  BLOCK_AS_IMPLICIT_KEY:
    'a text with a colon and a space in it goes into quotation marks as a whole: title: "Feed: how fast"',
  MULTILINE_IMPLICIT_KEY: 'a colon and a space belong behind each key, as in "id: my-lab"',
  BAD_SCALAR_START: "a text that begins with this letter goes into quotation marks: '%'",
  DUPLICATE_KEY: 'keys must be unique: this one is there twice, so take one away',
  MISSING_CHAR: 'a quotation mark, a comma or a colon is missing before this place',
};

/** @param from the line from its first letter to the place of the error. */
export function yamlMessage(code: ErrorCode, message: string, from: string): string {
  const closing = /(?:end with a|must be.*) ([\]}])$/.exec(message)?.[1];
  if (closing !== undefined) return `a ${closing} is missing before this place`;
  if (code === 'UNEXPECTED_TOKEN' && /[{[]/.test(from))
    return 'a text with { or [ in it goes into quotation marks as a whole: fail: "{{seen.answer}} is another one"';
  return MEANINGS[code] ?? message;
}
