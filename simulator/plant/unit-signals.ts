import { SECOND } from '#simulator/kernel/time.ts';
import type { Control } from './control.ts';
import { meterOf } from './meters.ts';
import { PACKML_STATES, type Fault, Reason, REASONS } from './reasons.ts';
import { held, type Signal, signal, type Text } from './signal.ts';
import type { Station } from './station.ts';
import { text } from './texts.ts';
import type { Unit } from './unit.ts';

const MODES: Record<number, Text> = {
  1: { en: 'Produce', sv: 'Produktion' },
  2: { en: 'Maintenance', sv: 'Underhåll' },
  3: { en: 'Manual', sv: 'Manuellt' },
};

function reasonWords(faults: readonly Fault[]): Record<number, Text> {
  const words: Record<number, Text> = {};
  REASONS.forEach((row, reason) => {
    if (reason !== Reason.Failed && reason !== Reason.Repair) words[reason] = row.text;
  });
  for (const { code, text: meaning } of faults) words[code] = meaning;
  return words;
}

/** State and where the time went, of anything with a unit. */
export function unitSignals(unit: Unit): Signal[] {
  return [
    held('State.Current', '1', () => REASONS[unit.reason].packml, {
      ...text('PackML state number', 'Tillståndsnummer enligt PackML'),
      type: 'Int32',
      range: [1, 19],
      words: PACKML_STATES,
    }),
    signal('State.Duration', 's', (t) => (t - unit.ledger.sinceUs) / SECOND, {
      ...text('Time in the present state', 'Tid i nuvarande tillstånd'),
      range: [0, 1e8],
      resolution: 0.1,
      restarts: true,
    }),
  ];
}

/** What every controlled unit shows: state, reason, mode, failures, and its own meter. */
export function controlSignals(control: Control, station: Station): Signal[] {
  const meter = meterOf(station);
  return [
    ...unitSignals(control.unit),
    held('State.Reason', '1', () => control.reasonCode, {
      ...text(
        'Reason for the present state; from 100 the code of a fault',
        'Orsak till nuvarande tillstånd; från 100 felkod',
      ),
      type: 'Int32',
      range: [0, 9999],
      words: reasonWords(control.faults),
    }),
    held('State.Mode', '1', () => control.mode, {
      ...text('Unit mode', 'Enhetsläge'),
      type: 'Int32',
      range: [1, 3],
      words: MODES,
    }),
    held('Counter.Failures', '1', () => control.failures, {
      ...text('Failures since the start', 'Fel sedan start'),
      range: [0, 1e6],
    }),
    signal('Meter.Power', 'kW', (t) => meter.powerKw(t), {
      ...text('Active power drawn by the station', 'Aktiv effekt som stationen tar'),
      range: [0, 40],
      restarts: true,
      counter: 'Meter.Energy',
    }),
    signal('Meter.Energy', 'kWh', (t) => meter.energyKwh(t), {
      ...text('Energy used since the start', 'Energi förbrukad sedan start'),
      range: [0, 1e6],
      resolution: 0.001,
    }),
  ];
}
