import type { Settings } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

/** The name that a definition gives under a setting, such as that of another station. */
export function findName(settings: Settings, setting: string): string | undefined {
  const given = settings.get(setting);
  if (given === undefined || typeof given === 'string') return given;
  throw new Refusal(`${JSON.stringify(given)} is no name for "${setting}".`, 'Give a word such as ST01.', 'wrong_type');
}
