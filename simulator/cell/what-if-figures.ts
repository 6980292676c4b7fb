import { text } from '#simulator/plant/texts.ts';
import type { Cell } from './cell.ts';
import { kpisBetween } from './kpis.ts';
import type { Totals } from './totals.ts';

/** What a what-if says of a window, in this order. Units are UCUM codes; `decimals` are those worth reading. */
export const FIGURES = [
  { name: 'throughputPerHour', unit: '/h', decimals: 1, ...text('Throughput, good parts', 'Genomflöde, godkända') },
  { name: 'goodParts', unit: '1', decimals: 1, ...text('Good parts', 'Godkända detaljer') },
  { name: 'scrapRate', unit: '%', decimals: 2, ...text('Scrap rate', 'Kassation') },
  { name: 'oee', unit: '%', decimals: 1, ...text('OEE of the bottleneck', 'TAK (OEE) i flaskhalsen') },
  { name: 'leadTimeMin', unit: 'min', decimals: 2, ...text('Lead time', 'Ledtid') },
  { name: 'wip', unit: '1', decimals: 2, ...text('Work in progress', 'Produkter i arbete (PIA)') },
  { name: 'energyKwh', unit: 'kW.h', decimals: 1, ...text('Energy', 'Energi') },
  { name: 'energyPerPartKwh', unit: 'kW.h', decimals: 4, ...text('Energy per good part', 'Energi per godkänd') },
  { name: 'costSek', unit: '[SEK]', decimals: 1, ...text('Cost of energy', 'Energikostnad') },
  { name: 'co2Kg', unit: 'kg', decimals: 2, ...text('Carbon dioxide', 'Koldioxid') },
] as const;
export type FigureName = (typeof FIGURES)[number]['name'];

/** The figures of one window of one fork, in the order of `FIGURES`; NaN for one that nothing stands behind. */
export function figuresBetween(cell: Cell, from: Totals, to: Totals): number[] {
  const kpis = kpisBetween(cell, from, to);
  const left = kpis.finished + kpis.scrapped;
  const figures: Record<FigureName, number> = {
    throughputPerHour: kpis.throughputPerHour,
    goodParts: kpis.finished,
    scrapRate: left > 0 ? (100 * kpis.scrapped) / left : NaN,
    oee: 100 * kpis.oee,
    leadTimeMin: left > 0 ? kpis.leadTimeS / 60 : NaN,
    wip: kpis.wip,
    energyKwh: kpis.energyKwh,
    energyPerPartKwh: kpis.finished > 0 ? kpis.energyPerPartKwh : NaN,
    costSek: to.costSek - from.costSek,
    co2Kg: to.co2Kg - from.co2Kg,
  };
  return FIGURES.map(({ name }) => figures[name]);
}
