import type { Noise } from '#simulator/kernel/closed-form.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import { flowShare, LAYERS, type Printer, SPOOL_G } from './printer.ts';

const EXTRUDER_A = 0.85;
/** A clogged nozzle holds the filament back: more current by this share when it is quite clogged. */
const HELD_BACK = 0.9;

/** What the k-th printer shows. `clog` is how clogged its nozzle is, 0 to 1. */
export function printerSignals(each: Printer, k: number, noise: Noise, clog: () => number): Signal[] {
  const of = (en: string, sv: string) => text(`${en} printer ${k}`, `${sv} skrivare ${k}`);
  const trembling = (t: number) => noise.smoothAt(t + k * 7e6);
  return [
    held(`Printer${k}.Job`, '1', () => each.job, {
      ...of('Print job in hand or last done by', 'Utskriftsjobb som pågår eller senast gjordes i'),
      range: [0, 1e6],
    }),
    signal(`Printer${k}.Layer`, '1', (t) => each.layer(t), {
      ...of('Layers of the job finished by', 'Färdiga lager av jobbet i'),
      range: [0, LAYERS],
      resolution: 1,
      scanS: 5,
      restarts: true,
    }),
    signal(`Printer${k}.NozzleTemperature`, 'Cel', (t) => each.nozzleC.at(t) + 0.4 * trembling(t), {
      ...of('Nozzle temperature of', 'Munstyckstemperatur i'),
      range: [0, 320],
      resolution: 0.1,
    }),
    signal(`Printer${k}.BedTemperature`, 'Cel', (t) => each.bedC.at(t), {
      ...of('Bed temperature of', 'Bäddtemperatur i'),
      range: [0, 150],
      scanS: 5,
      resolution: 0.1,
    }),
    signal(`Printer${k}.ChamberTemperature`, 'Cel', (t) => each.chamberC.at(t), {
      ...of('Chamber temperature of', 'Kammartemperatur i'),
      range: [0, 120],
      scanS: 10,
      resolution: 0.1,
    }),
    signal(
      `Printer${k}.ExtruderCurrent`,
      'A',
      (t) => each.isPrinting * EXTRUDER_A * (1 + HELD_BACK * clog()) * (1 + 0.02 * trembling(t)),
      { ...of('Current of the extruder motor of', 'Extrudermotorns ström i'), range: [0, 3], restarts: true },
    ),
    signal(`Printer${k}.Flow`, '%', (t) => each.isPrinting * 100 * flowShare(clog()) * (1 + 0.006 * trembling(t)), {
      ...of('Flow of filament against what the job wants, in', 'Filamentflöde mot vad jobbet kräver, i'),
      range: [0, 120],
      resolution: 0.1,
      restarts: true,
    }),
    signal(`Printer${k}.Filament`, 'g', (t) => each.filamentAt(t), {
      ...of('Filament left on the spool of', 'Filament kvar på spolen i'),
      range: [0, SPOOL_G],
      resolution: 1,
      scanS: 10,
      restarts: true,
    }),
    held(`Printer${k}.FilamentLot`, '1', () => each.lot, {
      ...of('Lot of the spool in', 'Partiet på spolen i'),
      range: [0, 1e6],
    }),
  ];
}
