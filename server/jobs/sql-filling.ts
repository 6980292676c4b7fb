import type { SqlValue } from '#contract/sql.ts';
import type { Model } from '#simulator/cell/model.ts';
import type { Life, SqlOrder } from './job.ts';

/** What tables are filled from. */
export interface Filling {
  readonly model: Model;
  readonly life: Life;
  readonly order: SqlOrder;
  /** Paths. */
  readonly signals: readonly string[];
}

/** In the order of the columns of its table. */
export type Row = readonly SqlValue[];
