import { expect, test } from 'vitest';
import { createCell } from '#simulator/cell/create-cell.ts';
import type { Model } from '#simulator/cell/model.ts';
import { type Totals, totalsOf } from '#simulator/cell/totals.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { estimate } from '#server/replications.ts';
import { modelOf } from './support.ts';

/** What grew between the end of the warm-up and the end of a run. */
interface Growth {
  readonly elapsedS: number;
  readonly signal: (path: string) => number;
  readonly total: (figure: 'finished' | 'leadUs' | 'partUs') => number;
  /** Share of the time in which a station was down. */
  readonly down: (station: string) => number;
}
type Estimator = (growth: Growth) => number;

const REPLICATIONS = 40;
const isTheory = import.meta.env.MODE === 'theory';
const WARM_UP = seconds(2000);
const waiting: Estimator = ({ signal }) => signal('Queue.Parts.TotalTime') / signal('Queue.Parts.Passed');
const throughput: Estimator = ({ signal, elapsedS }) => signal('Exit.Parts.Taken') / elapsedS;
const line = (cell: string, reference: number, lengthS = 20_000): Row => ({
  cell,
  lengthS,
  quantities: { throughput: [reference, throughput] },
});

interface Row {
  readonly cell: string;
  /** Simulated after the warm-up, in each replication. */
  readonly lengthS: number;
  /** Takes most of the time of all: run by `npm run theory` only. */
  readonly isLong?: boolean;
  readonly quantities: Readonly<Record<string, readonly [reference: number, of: Estimator]>>;
}

/** Queues: Kleinrock 1975. Machine repair: Gross and Harris. Lines: Gershwin 1994, Li and Meerkov 2009, exact chains. */
const rows: readonly Row[] = [
  {
    cell: 'mm1',
    lengthS: 300_000,
    quantities: {
      Wq: [4, waiting],
      W: [5, ({ total }) => total('leadUs') / total('finished') / 1e6],
      L: [4, ({ total, elapsedS }) => total('partUs') / 1e6 / elapsedS],
    },
  },
  {
    cell: 'mm1',
    lengthS: 700_000,
    isLong: true,
    quantities: {
      'P(W > 10)': [0.13533528, ({ signal }) => signal('Exit.Parts.Late') / signal('Exit.Parts.Taken')],
    },
  },
  { cell: 'mm3', lengthS: 100_000, quantities: { Wq: [1.0786516854, waiting] } },
  { cell: 'md1', lengthS: 150_000, quantities: { Wq: [2, waiting] } },
  { cell: 'mu1', lengthS: 200_000, quantities: { Wq: [8 / 3, waiting] } },
  { cell: 'mh1', lengthS: 900_000, isLong: true, quantities: { Wq: [10, waiting] } },
  {
    cell: 'mm15',
    lengthS: 60_000,
    quantities: {
      blocking: [
        0.12602255,
        ({ signal: s }) => s('Lost.Parts.Taken') / (s('Lost.Parts.Taken') + s('Exit.Parts.Taken')),
      ],
      throughput: [0.786579705, throughput],
    },
  },
  {
    cell: 'machine-repair',
    lengthS: 50_000,
    quantities: {
      availability: [
        0.8720956463,
        ({ down }) => 1 - ['M1', 'M2', 'M3', 'M4', 'M5'].reduce((s, m) => s + down(m), 0) / 5,
      ],
      'crew use': [0.4360478231, ({ signal, elapsedS }) => (3600 * signal('Crew.Work.Total')) / elapsedS],
    },
  },
  line('two-machines-b0', 2 / 3),
  line('two-machines-b1', 0.75),
  line('two-machines-b4', 6 / 7),
  line('three-machines-b0', 22 / 39),
  line('three-machines-b4', 0.8074859097),
  line('unreliable-two-b0', 0.5913717887, 60_000),
  line('unreliable-two-b10', 0.8097076085, 60_000),
  line('bernoulli-n1', 0.9 / 1.1),
  line('bernoulli-n5', 4.5 / 5.1),
];

test.each(rows.filter(({ isLong }) => isTheory || isLong !== true))(
  '$cell agrees with its closed form within 3 standard errors',
  ({ cell, lengthS, quantities }) => {
    const model = modelOf(`theory/${cell}`);
    const first = BigInt(rows.findIndex((row) => row.cell === cell) * 1_000_000);
    const growths = Array.from({ length: REPLICATIONS }, (_, k) => run(model, first + BigInt(k), lengthS));
    for (const [quantity, [reference, of]] of Object.entries(quantities)) {
      const { mean, standardError } = estimate(growths.map(of));
      const z = (mean - reference) / standardError;
      const told = `${cell} ${quantity}: ${mean.toFixed(6)} of ${reference.toFixed(6)}, z ${z.toFixed(2)}`;
      if (isTheory) console.log(`${told}, standard error ${((100 * standardError) / mean).toFixed(3)} %`);
      expect(standardError, `${quantity}: too wide for the test to fail`).toBeLessThan(0.005 * mean);
      expect(Math.abs(z), told).toBeLessThan(3);
    }
  },
  600_000,
);

function run(model: Model, seed: bigint, lengthS: number): Growth {
  const cell = createCell(model, { seed });
  cell.runUntil(WARM_UP);
  const before = { values: cell.readAll(), totals: totalsOf(cell) };
  cell.runUntil(WARM_UP + seconds(lengthS));
  const after = { values: cell.readAll(), totals: totalsOf(cell) };
  return {
    elapsedS: lengthS,
    signal(path) {
      const index = model.indexOf(path);
      return after.values[index] - before.values[index];
    },
    total: (figure) => after.totals[figure] - before.totals[figure],
    down: (station) =>
      (downUs(model, after.totals, station) - downUs(model, before.totals, station)) / seconds(lengthS),
  };
}

function downUs(model: Model, { stations }: Totals, id: string): number {
  const states = model.plant.getStation(id).timeBook?.states ?? [];
  const times = stations.find((station) => station.id === id)?.timeUs ?? [];
  return states.reduce((us, { category }, state) => us + (category === 'down' ? times[state] : 0), 0);
}
