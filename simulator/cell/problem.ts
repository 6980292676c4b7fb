import type { Refusal } from '#simulator/kernel/refusal.ts';

/** One thing that is wrong with a definition, and where: `['stations', 'ST03', 'time']`. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The same, of what a part of the plant refused. */
export const problemOf = ({ message, station, setting }: Refusal): Problem => ({
  path: station === undefined ? [] : ['stations', station, ...(setting === undefined ? [] : [setting])],
  message,
});

/** All that is wrong with a definition. */
export class DefinitionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${path.map(String).join('.') || 'definition'}: ${message}`).join('\n'));
    this.name = 'DefinitionError';
  }
}
