import { SECOND } from '#simulator/kernel/time.ts';
import { lineKpis } from '#simulator/plant/line-kpis.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { held, type Signal, signal } from '#simulator/plant/signal.ts';

/** What the line as a whole shows. All of it depends on more than one station. */
export function lineSignals(plant: Plant): Signal[] {
  const { kernel, parts, stations } = plant;
  const meters = [...stations.values()].flatMap(({ meter }) => meter ?? []);
  const powerKw = (t: number) => meters.reduce((sum, meter) => sum + meter.powerKw(t), 0);
  const energyKwh = (t: number) => meters.reduce((sum, meter) => sum + meter.energyKwh(t), 0);
  const ofLine = true;
  const text = (en: string, sv: string) => ({ ofLine, text: { en, sv } });
  return [
    held('Parts.InPlant', '1', () => parts.inPlant.rate, text('Parts in the plant', 'Detaljer i anläggningen')),
    held('Parts.Started', '1', () => parts.serials, text('Parts started', 'Påbörjade detaljer')),
    held('Parts.Finished', '1', () => parts.finished, text('Parts finished', 'Färdiga detaljer')),
    held('Parts.Scrapped', '1', () => parts.scrapped, text('Parts scrapped', 'Kasserade detaljer')),
    signal('Parts.TotalTime', 's', (t) => parts.inPlant.at(t) / SECOND, {
      ...text('Part-seconds spent in the plant', 'Detaljsekunder i anläggningen'),
      resolution: 1,
      range: [0, 1e12],
    }),
    signal('Power', 'kW', powerKw, {
      ...text('Power of all stations', 'Effekt för alla stationer'),
      restarts: true,
      counter: 'Energy',
    }),
    signal('Energy', 'kWh', energyKwh, text('Energy used by all stations', 'Energi som alla stationer använt')),
    held('Events', '1', () => kernel.clock.events, text('Events since the start', 'Händelser sedan start')),
    ...lineKpis(plant),
  ];
}
