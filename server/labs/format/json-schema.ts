import { z } from 'zod';
import { AnyCheck, CheckFile } from './checks.ts';
import { LabFile } from './lab-file.ts';

/** JSON Schema (2020-12) of lab.yaml, so that editors complete its keys. It is of what is written, not of what is read. */
export const labSchema = (): Readonly<Record<string, unknown>> => ({
  title: 'lab.yaml',
  description: 'A lab of Verkstad: facts only. See labs/FORMAT.md.',
  ...z.toJSONSchema(LabFile, {
    ...{ io: 'input', unrepresentable: 'any' },
    override({ zodSchema, jsonSchema }) {
      if ((zodSchema as unknown) !== CheckFile) return;
      const { $schema: _, ...shapes } = z.toJSONSchema(AnyCheck, { io: 'input', unrepresentable: 'any' });
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, shapes);
    },
  }),
});
