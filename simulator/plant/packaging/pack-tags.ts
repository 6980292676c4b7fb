import { MINUTE } from '#simulator/kernel/time.ts';
import { PACKML_STATES, REASONS } from '#simulator/plant/reasons.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';
import type { WorkCycle } from '#simulator/plant/work-cycle.ts';

interface Tagged {
  readonly processed: number;
  readonly defective: number;
  readonly cycle: WorkCycle;
}

/** State and counts by the PackTags of ISA-TR88.00.02, so that what knows the standard finds them. */
export function packTags(s: Tagged): Signal[] {
  const { cycle } = s;
  const { control } = cycle;
  return [
    held('Status.StateCurrent', '1', () => REASONS[control.reason].packml, {
      ...text('PackTag: state of the unit', 'PackTag: enhetens tillstånd'),
      type: 'Int32',
      range: [1, 19],
      words: PACKML_STATES,
    }),
    held('Status.UnitModeCurrent', '1', () => control.mode, {
      ...text(
        'PackTag: unit mode, 1 Produce, 2 Maintenance, 3 Manual',
        'PackTag: enhetsläge, 1 produktion, 2 underhåll, 3 manuellt',
      ),
      range: [1, 3],
    }),
    held('Status.CurMachSpeed', '/min', () => (cycle.isWorking ? MINUTE / cycle.processUs : 0), {
      ...text('PackTag: present speed in pumps a minute', 'PackTag: nuvarande hastighet i pumpar per minut'),
      type: 'Double',
      resolution: 0.01,
      range: [0, 10],
    }),
    held('Admin.ProdProcessedCount', '1', () => s.processed, {
      ...text('PackTag: cartons since the counts were reset', 'PackTag: kartonger sedan räknarna nollställdes'),
      range: [0, 1e6],
    }),
    held('Admin.ProdDefectiveCount', '1', () => s.defective, {
      ...text('PackTag: cartons with a bad label since then', 'PackTag: kartonger med felaktig etikett sedan dess'),
      range: [0, 1e6],
    }),
  ];
}
