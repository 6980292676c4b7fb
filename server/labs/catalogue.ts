import type { Text } from '#contract/text.ts';

/** What a lab may name of a cell: the public part of its definition. */
export interface CellCatalogue {
  readonly signals: ReadonlyMap<string, { readonly unit: string; readonly text: Text }>;
  readonly stations: ReadonlyMap<string, Text>;
  /** Commands of stations and parameters. */
  readonly targets: ReadonlySet<string>;
}
