import type { Actor } from '#contract/command.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import { type Denial, refuseAct, refuseTopic, roleOver } from '#simulator/plant/security/access.ts';
import type { AccessRecord } from '#simulator/plant/security/documents.ts';
import type { PostureState, Role } from '#simulator/plant/security/posture.ts';

/** What tells that the security of a cell was changed, by the name of the happening; undefined if it has none. */
export const postureEvent = ({ model: { security } }: LiveCell): string | undefined =>
  security && `${security.path}.PostureChanged`;

/** The security posture of a cell as it is now; a definition without a station for it lets everyone do everything. */
export function findPosture(cell: LiveCell): PostureState | undefined {
  const { security } = cell.model;
  if (!security) return undefined;
  slideTo(cell);
  return security.posture();
}

/** What an account of the cell did, if this happening is about that and among the newest. */
export function findAccess(cell: LiveCell, event: string, number: number): AccessRecord | undefined {
  const { security } = cell.model;
  if (!security || !(event === `${security.path}.AccessGranted` || event === `${security.path}.AccessRefused`))
    return undefined;
  slideTo(cell);
  return security.findAccess(number);
}

/** How a command comes to a cell. */
export interface CommandWay {
  readonly via: 'opcua' | 'mqtt' | 'http';
  /** Something protects the channel: a security policy, TLS. */
  readonly isProtected: boolean;
}

/**
 * Why the posture of a cell does not let its own participant give this command this way, if it does not. What hardens the
 * cell can always be taken back over the web, or whoever locks a door behind them could not come in again.
 */
export function refuseCommand(cell: LiveCell, target: string, { via, isProtected }: CommandWay): Denial | undefined {
  const posture = findPosture(cell);
  const { security, targets } = cell.model;
  const found = targets.get(target);
  if (!posture || !security || !found || found.hidden) return undefined;
  if (via === 'http' && found.station === security.path) return undefined;
  const own: Role = via === 'http' ? posture.httpRole : posture.keyRole;
  return refuseAct(posture, {
    via,
    role: via === 'http' ? own : roleOver(posture, own, isProtected),
    isSetPoint: found.shape !== undefined,
    isConfiguration: security.isConfiguration(found.station),
  });
}

/** Whether what a participant publishes on `cmd` is passed on to others of the cell at all. */
export function mayPublishCommands(cell: LiveCell, isProtected: boolean): boolean {
  const posture = findPosture(cell);
  return !posture || refuseTopic(posture, roleOver(posture, posture.keyRole, isProtected)) === undefined;
}

/** Throws, and leaves it in the evidence, if a program may not give this command over the web API. */
export function demandRight(cell: LiveCell, target: string, { actor }: Actor): void {
  const denial = refuseCommand(cell, target, { via: 'http', isProtected: true });
  if (!denial) return;
  cell.record({ kind: 'refusal', participant: actor, via: 'http', what: target, reason: reasonOf(denial) });
  throw new AppError('not_allowed', denial.text.en, denial.hint, 403);
}

export const reasonOf = ({ text, hint }: Denial): string => `${text.en} ${hint}`;

/** All cells of a model share one window; asking for a version slides it to this cell. */
function slideTo(cell: LiveCell): void {
  cell.version(0);
}
