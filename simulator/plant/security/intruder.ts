import { timer } from '#simulator/kernel/calendar.ts';
import { f64, record, u32, u8 } from '#simulator/kernel/fields.ts';
import { exponential, stream } from '#simulator/kernel/random.ts';
import { type Channel, refuseAct, refuseAge, refuseChannel, refuseConnection, roleOver } from './access.ts';
import type { Denial } from './access.ts';
import type { DoorName } from './access-log.ts';
import type { PostureState, Role } from './posture.ts';

/** How an intruder comes in, by what it is called in the slab: 0 is none. */
export const MANNERS = [
  'none',
  'open-opcua',
  'default-password',
  'spoofed-mqtt',
  'replayed-mqtt',
  'across-zones',
] as const;
export type Manner = (typeof MANNERS)[number];

const OPEN: Channel = { policy: 'None', mode: 'None' };
/** With a certificate of its own, which nobody has pinned. */
const ENCRYPTED: Channel = { policy: 'Basic256Sha256', mode: 'SignAndEncrypt' };

/** Somebody who is not meant to be here, and tries again and again at seeded times: mean period, exponential. */
export class Intruder extends record({
  manner: u8(),
  account: u8(),
  /** Place of the zone that it sits in, from 1; 0 is that of what it talks to. */
  zone: u8(),
  target: u32(),
  value: f64(),
  /** When what it repeats was first sent. */
  sentUs: f64(),
  everyUs: f64(),
  luck: stream(),
  next: timer(),
}) {
  get isHere(): boolean {
    return this.manner !== 0;
  }

  wait(t: number): void {
    this.next.at(t + Math.max(1, Math.round(this.everyUs * exponential(this.luck.next()))));
  }

  leave(): void {
    this.manner = 0;
    this.next.cancel();
  }
}

export const viaOf = (manner: Manner): DoorName =>
  manner === 'across-zones' ? 'network' : manner === 'open-opcua' || manner === 'default-password' ? 'opcua' : 'mqtt';

/** What is known of an attempt beside the intruder. */
export interface Attempt {
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly hasDefaultPassword: boolean;
  readonly isSetPoint: boolean;
  readonly isConfiguration: boolean;
  readonly ageS: number;
}

/** Why the posture refuses an attempt, if it does: what keeps out a participant keeps out an intruder. */
export function refuseAttempt(posture: PostureState, manner: Manner, attempt: Attempt): Denial['key'] | undefined {
  const { isDisabled, hasDefaultPassword, isSetPoint, isConfiguration, ageS } = attempt;
  // Old field protocols know neither users nor keys: only the network can keep these out.
  if (manner === 'across-zones') return undefined;
  if (isDisabled) return 'account';
  const act = { isSetPoint, isConfiguration };
  if (manner === 'open-opcua' || manner === 'default-password') {
    const isProtected = manner === 'default-password';
    const refused = refuseChannel(posture, isProtected ? ENCRYPTED : OPEN);
    if (refused) return refused.key;
    if (isProtected && !hasDefaultPassword) return 'password';
    return refuseAct(posture, { via: 'opcua', role: roleOver(posture, attempt.role, isProtected), ...act })?.key;
  }
  const refused =
    refuseConnection(posture, false) ??
    refuseAct(posture, { via: 'mqtt', role: roleOver(posture, attempt.role, false), ...act }) ??
    refuseAge(posture, ageS);
  return refused?.key;
}
