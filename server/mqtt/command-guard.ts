import type { LiveCell } from '#server/cells/live-cell.ts';
import { findPosture, reasonOf, refuseCommand } from '#server/cells/posture.ts';
import { refuseAge } from '#simulator/plant/security/access.ts';
import { CommandsSeen } from './commands-seen.ts';

export interface GuardedCommand {
  readonly target: string;
  readonly actor: string;
  /** TLS, or our own page. */
  readonly isProtected: boolean;
  /** What tells this message from all others. */
  readonly id: string;
  /** When it was sent, as the sender's clock had it, in ms since 1970. */
  readonly sentMs: number | undefined;
}

/** Holds the security posture of a cell against commands in every language that is spoken over MQTT. */
export class CommandGuard {
  private readonly seen = new CommandsSeen();

  constructor(private readonly cell: LiveCell) {}

  /** Why the posture does not let it through, if it does not. */
  deny({ target, actor, isProtected, id, sentMs }: GuardedCommand): string | undefined {
    const { cell } = this;
    const posture = findPosture(cell);
    if (!posture) return undefined;
    cell.advance();
    const { wallMs } = cell.clock;
    const isRepeated = this.seen.isRepeated(id, actor, wallMs, posture.freshWithinS * 1000);
    const ageS = sentMs === undefined || isRepeated ? undefined : (wallMs - sentMs) / 1000;
    const denial = refuseCommand(cell, target, { via: 'mqtt', isProtected }) ?? refuseAge(posture, ageS);
    return denial && reasonOf(denial);
  }
}
