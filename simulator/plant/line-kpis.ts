import { HOUR, SECOND } from '#simulator/kernel/time.ts';
import type { Plant } from './plant.ts';
import { type Signal, signal } from './signal.ts';
import type { Station } from './station.ts';
import { text } from './texts.ts';
import type { TimeCategory } from './time-book.ts';

/** The station that sets the pace of a line: the one whose definition knows an ideal cycle. */
interface Pace {
  readonly idealCycle: number;
  readonly cycle: { readonly made: number };
}

function findPace(stations: Iterable<Station>): Station | undefined {
  return [...stations].find(({ self }) => (self as { idealCycle?: unknown }).idealCycle !== undefined);
}

function timeInUs({ timeBook }: Station, category: TimeCategory, t: number): number {
  if (timeBook === undefined) return 0;
  const { states } = timeBook;
  return states.reduce((sum, state, k) => (state.category === category ? sum + timeBook.timeInUs(k, t) : sum), 0);
}

/** OEE of the line by its pacing station (availability, performance) and by all parts (quality), and what a part took. */
export function lineKpis({ stations, parts }: Plant): Signal[] {
  const pace = findPace(stations.values());
  if (pace === undefined) return [];
  const self = () => pace.self as Pace;
  const upUs = (t: number) => t - timeInUs(pace, 'down', t) - timeInUs(pace, 'setup', t) - timeInUs(pace, 'off', t);
  const plannedUs = (t: number) => Math.max(1, t - timeInUs(pace, 'off', t));
  const left = () => parts.finished + parts.scrapped;
  const availability = (t: number) => upUs(t) / plannedUs(t);
  const performance = (t: number) => (self().idealCycle * self().cycle.made) / Math.max(1, upUs(t));
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
    percent('Availability', availability, `Availability of ${pace.path}`, `Tillgänglighet för ${pace.path}`),
    percent(
      'Performance',
      performance,
      `Performance of ${pace.path} against its ideal cycle`,
      `Anläggningsutnyttjande för ${pace.path} mot ideal cykel`,
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
