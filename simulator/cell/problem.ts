/** One thing that is wrong with a definition, and where: `['stations', 'ST03', 'time']`. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** All that is wrong with a definition. */
export class DefinitionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${path.map(String).join('.') || 'definition'}: ${message}`).join('\n'));
    this.name = 'DefinitionError';
  }
}
