import type { Cell } from './cell.ts';

/** Parts that cameras judged since plant time 0. The difference of two is the truth about the time between them. */
export interface InspectionErrors {
  readonly looked: number;
  readonly rejects: number;
  /** Bad parts that were passed, and good ones that were rejected. No signal shows either. */
  readonly falseAccepts: number;
  readonly falseRejects: number;
}

/** What the vision stations of a cell, all together, judged rightly and wrongly. */
export function inspectionErrorsOf(cell: Cell): InspectionErrors {
  const total = { looked: 0, rejects: 0, falseAccepts: 0, falseRejects: 0 };
  cell.look(({ stations }) => {
    for (const { type, self } of stations.values()) {
      if (type.name !== 'vision') continue;
      const { looked, rejects, falseAccepts, falseRejects } = self as InspectionErrors;
      total.looked += looked;
      total.rejects += rejects;
      total.falseAccepts += falseAccepts;
      total.falseRejects += falseRejects;
    }
  });
  return total;
}
