import { z } from 'zod';

/** What a participant may be asked for, in the words of lab.yaml. */
export const AnswerType = z.enum([
  'number',
  'integer',
  'choice',
  'choices',
  'station',
  'signal',
  'time',
  'serials',
  'table',
  'text',
  'file',
  'message',
]);
export type AnswerType = z.infer<typeof AnswerType>;

/** How a field is shown: a message is pasted into a field for text. */
export const ShownAnswerType = AnswerType.exclude(['message']);
