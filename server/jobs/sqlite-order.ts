import type { SqlValue } from '#contract/sql.ts';

/** A table by its columns. */
export interface FilledTable {
  readonly name: string;
  /** CREATE TABLE. */
  readonly create: string;
  readonly index?: string;
  readonly columns: readonly ArrayLike<SqlValue>[];
}

/** To the process that answers a query. */
export interface SqliteOrder {
  readonly sql: string;
  readonly tables: readonly FilledTable[];
  readonly rows: number;
  /** All that is answered together, in letters. */
  readonly letters: number;
  readonly seconds: number;
  /** Of the whole process. */
  readonly memoryMb: number;
}

export type SqliteAnswer =
  | {
      /** `table` and `column` are there if a column comes straight from a table. */
      readonly columns: readonly {
        readonly name: string;
        readonly table: string | null;
        readonly column: string | null;
      }[];
      readonly rows: unknown[][];
      readonly truncated: boolean;
    }
  | { readonly words: string; readonly nearAt: number | undefined };
