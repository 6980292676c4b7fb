import type { Text } from './signal.ts';

/** The text of a signal or command, to be spread into its options. */
export const text = (en: string, sv: string): { readonly text: Text } => ({ text: { en, sv } });
