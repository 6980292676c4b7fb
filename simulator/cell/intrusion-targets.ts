import { Refusal } from '#simulator/kernel/refusal.ts';
import { INTRUDE, WITHDRAW } from '#simulator/plant/faults/attacker-faults.ts';
import type { Plant } from '#simulator/plant/plant.ts';
import { securityOf } from '#simulator/plant/security/security-of.ts';
import type { Target } from './targets.ts';

/** What only a scenario may address: attackers come to the station for security, whatever it is called. */
export function intrusionTargets(plant: Plant): Target[] {
  const passOn = (path: string, command: 'Enter' | 'Leave'): Target => ({
    ...{ path, station: 'Line', text: { en: path, sv: path }, hidden: true },
    obey(t, value) {
      const found = securityOf(plant);
      const station = plant.stations.get(found?.path ?? '');
      if (station === undefined) {
        throw new Refusal('The cell has no station for security.', 'Add one of type security.', 'unknown_target');
      }
      station.commands.get(command)?.obey(t, value);
      station.touch.mark(t);
    },
  });
  return [passOn(INTRUDE, 'Enter'), passOn(WITHDRAW, 'Leave')];
}
