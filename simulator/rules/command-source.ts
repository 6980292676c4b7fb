/** The commands of the cell whose slab is open, by number. What they hold never changes. */
export interface CommandSource {
  /** Number of the command that is being obeyed, from 1. */
  readonly present: number;
  /** Whether everyone may know of it; those of a scenario are hidden. */
  isOpen(number: number): boolean;
  /** The command; undefined while it is being obeyed for the first time. */
  find(number: number): { readonly value?: unknown } | undefined;
}

/** While no cell is open. */
export const NO_COMMANDS: CommandSource = { present: 0, isOpen: () => true, find: () => undefined };
