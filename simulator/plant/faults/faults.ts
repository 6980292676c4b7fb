import { attackerFaults } from './attacker-faults.ts';
import type { FaultKind } from './fault-kind.ts';
import { machineFaults } from './machine-faults.ts';
import { signalFaults } from './signal-faults.ts';

/** All faults that a scenario may name, by id. */
export const FAULTS: ReadonlyMap<string, FaultKind> = new Map(
  [...machineFaults, ...signalFaults, ...attackerFaults].map((kind) => [kind.id, kind]),
);
