import type { Control } from '#simulator/plant/control.ts';
import { Reason, REASONS } from '#simulator/plant/reasons.ts';
import { held, type Signal, type Text } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';

const STATES: readonly Text[] = [
  { en: 'Off', sv: 'Av' },
  { en: 'Standby', sv: 'Viloläge' },
  { en: 'Ready', sv: 'Redo' },
  { en: 'Processing', sv: 'Bearbetar' },
];
const [OFF, STANDBY, READY, PROCESSING] = STATES.keys();

/** Operating state of a machine tool as ISO 14955-1 names them, by the standing power of its reason. */
const STATE_OF: readonly number[] = REASONS.map(({ power }, reason) => {
  if (reason === Reason.Executing) return PROCESSING;
  return power >= 0.25 ? READY : power >= 0.1 ? STANDBY : OFF;
});

export const energyStateSignal = (control: Control): Signal =>
  held('Energy.State', '1', () => (control.standby?.isOn ? STANDBY : STATE_OF[control.reason]), {
    ...text('Operating state for energy, ISO 14955-1', 'Drifttillstånd för energi, ISO 14955-1'),
    type: 'Int32',
    range: [0, PROCESSING],
    words: Object.fromEntries(STATES.entries()),
  });
