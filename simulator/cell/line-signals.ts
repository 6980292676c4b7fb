import { SECOND } from '#simulator/kernel/time.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { type Signal, signal } from '#simulator/plant/signal.ts';

/** What the line as a whole shows. */
export function lineSignals({ kernel, parts, stations }: Plant): Signal[] {
  const sum = (name: string) => {
    const found = [...stations.values()].flatMap(({ signals }) => signals.filter((s) => s.name === name));
    return (t: number) => found.reduce((total, s) => total + s.at(t), 0);
  };
  return [
    signal('Line.Parts.InPlant', '1', () => parts.inPlant.rate),
    signal('Line.Parts.Started', '1', () => parts.serials),
    signal('Line.Parts.Finished', '1', () => parts.serials - parts.inPlant.rate),
    signal('Line.Parts.TotalTime', 's', (t) => parts.inPlant.at(t) / SECOND),
    signal('Line.Power', 'kW', sum('Motor.Power')),
    signal('Line.Energy', 'kWh', sum('Energy')),
    signal('Line.Events', '1', () => kernel.clock.events),
  ];
}
