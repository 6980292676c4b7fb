import type { Plant } from '#simulator/plant/plant.ts';
import type { AccessRecord } from './documents.ts';
import { recordOf } from './documents.ts';
import { isConfiguration, overhear } from './intrusions.ts';
import type { CommandedTarget } from './commanded.ts';
import type { PostureState } from './posture.ts';
import { type SecuritySelf, security } from './security.ts';

/** The security of a plant, as what is around it needs it. All of it speaks of the slab that is open. */
export interface PlantSecurity {
  /** Path of its station. */
  readonly path: string;
  connect(targets: Iterable<CommandedTarget>): void;
  posture(): PostureState;
  /** Whether commands to this station change the cell itself. */
  isConfiguration(station: string): boolean;
  /** An access by its number, while it is among the newest. */
  findAccess(number: number): AccessRecord | undefined;
  /** A command came over MQTT. */
  overhear(t: number, target: string, value: unknown): void;
}

/** That of a plant, if it has any. */
export function securityOf({ stations }: Plant): PlantSecurity | undefined {
  const found = [...stations.values()].find(({ type }) => type === security);
  if (found === undefined) return undefined;
  const s: SecuritySelf = found.self;
  return {
    path: found.path,
    connect: (targets) => s.commanded.connect(targets),
    posture: () => s.posture.state(s.certificates.all()),
    isConfiguration: (station) => isConfiguration(s, station),
    findAccess(number) {
      const access = s.log.find(number);
      return access && recordOf(s, access);
    },
    overhear: (t, target, value) => overhear(s, t, target, value),
  };
}
