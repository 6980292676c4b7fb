import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import type { Plant } from './plant.ts';
import { type Signal, signal } from './signal.ts';
import type { Station } from './station.ts';
import { text } from './texts.ts';
import type { TimeCategory } from './time-book.ts';

function timeInUs({ timeBook }: Station, category: TimeCategory, t: number): number {
  if (timeBook === undefined) return 0;
  const { states } = timeBook;
  return states.reduce((sum, state, k) => (state.category === category ? sum + timeBook.timeInUs(k, t) : sum), 0);
}

/** Since the start; ISO 22400-2. The line is judged by its bottleneck, the station that works most of its planned time. */
export function lineKpis({ stations, parts }: Plant): Signal[] {
  const makers = [...stations.values()].filter(({ production }) => production !== undefined);
  if (makers.length < 2) return [];
  const availabilityOf = (station: Station, t: number) =>
    timeInUs(station, 'producing', t) / Math.max(1, t - timeInUs(station, 'off', t));
  const bottleneck = (t: number) => makers.reduce((a, b) => (availabilityOf(b, t) > availabilityOf(a, t) ? b : a));
  const left = () => parts.finished + parts.scrapped;
  const availability = (t: number) => availabilityOf(bottleneck(t), t);
  const performance = (t: number) => {
    const station = bottleneck(t);
    const { made, plannedRunS } = station.production ?? { made: 0, plannedRunS: 0 };
    return (made * plannedRunS * SECOND) / Math.max(1, timeInUs(station, 'producing', t));
  };
  const quality = () => (left() === 0 ? 1 : parts.finished / left());
  const percent = (name: string, at: (t: number) => number, en: string, sv: string): Signal =>
    signal(name, '%', (t) => 100 * at(t), {
      ...text(en, sv),
      range: [0, 120],
      scanS: 10,
      resolution: 0.1,
      ofLine: true,
      restarts: true,
    });
  const oee = (t: number) => availability(t) * performance(t) * quality();
  return [
    percent(
      'Oee',
      oee,
      'Overall equipment effectiveness since the start',
      'Total utrustningseffektivitet (OEE) sedan start',
    ),
    percent(
      'Availability',
      availability,
      'Share of its planned time that the bottleneck works',
      'Andel av planerad tid som flaskhalsen arbetar',
    ),
    percent(
      'Performance',
      performance,
      'Planned against real time per part at the bottleneck',
      'Planerad mot verklig tid per detalj i flaskhalsen',
    ),
    percent('Quality', quality, 'Share of parts that are good', 'Andel godkända detaljer'),
    signal('Throughput', '/h', (t) => (parts.finished * HOUR) / Math.max(1, t), {
      ...text('Good parts per hour since the start', 'Godkända detaljer per timme sedan start'),
      ...{ range: [0, 1000], scanS: 10, resolution: 0.1, ofLine: true, restarts: true },
    }),
    signal('LeadTime', 's', () => (left() === 0 ? 0 : parts.leadUs / left() / SECOND), {
      ...text('Mean time from start to end of a part', 'Genomsnittlig tid från start till slut för en detalj'),
      ...{ range: [0, 1e6], scanS: 10, resolution: 0.1, ofLine: true, restarts: true },
    }),
  ];
}
