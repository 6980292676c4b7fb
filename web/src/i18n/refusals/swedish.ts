import { codes } from './codes.ts';
import { phrases } from './phrases.ts';
import { sentenceReader } from './reader.ts';
import { alarms } from './sentences/alarms.ts';
import { commands } from './sentences/commands.ts';
import { data } from './sentences/data.ts';
import { grading } from './sentences/grading.ts';
import { opcua } from './sentences/opcua.ts';
import { plant } from './sentences/plant.ts';
import { rules } from './sentences/rules.ts';
import { server } from './sentences/server.ts';

/** What the server says, in Swedish; undefined for a sentence that is not known. */
export const swedish = sentenceReader(
  [...commands, ...plant, ...rules, ...alarms, ...server, ...data, ...opcua, ...grading],
  phrases,
);

/** A code of the server in Swedish. */
export const swedishCode = (code: string): string | undefined => (codes as Readonly<Record<string, string>>)[code];
