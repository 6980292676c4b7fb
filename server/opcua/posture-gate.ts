import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type EndpointDescription, MessageSecurityMode, type StatusCode, StatusCodes } from 'node-opcua';
import type { LiveCell, Principal } from '#server/cells/live-cell.ts';
import { findPosture, reasonOf } from '#server/cells/posture.ts';
import { type Channel, type DenialKey, refuseChannel } from '#simulator/plant/security/access.ts';
import type { Gate } from './gate.ts';

/** OPC 10000-4 tables 23 and 182: what each refusal is called. */
const statuses: Partial<Record<DenialKey, StatusCode>> = {
  policy: StatusCodes.BadSecurityPolicyRejected,
  mode: StatusCodes.BadSecurityModeRejected,
  certificate: StatusCodes.BadCertificateUntrusted,
};

const REMEMBERED_CELLS = 5000;

/** Holds the security posture of each cell at the door: at ActivateSession, and in what GetEndpoints offers. */
export function postureGate(): Gate {
  const known = new LRUCache<string, WeakRef<LiveCell>>({ max: REMEMBERED_CELLS });
  const remember = ({ participant, cell }: Principal): void => void known.set(participant, new WeakRef(cell));
  return {
    admit(principal, entrance) {
      remember(principal);
      const { cell, participant } = principal;
      const posture = findPosture(cell);
      const denial = posture && refuseChannel(posture, entrance);
      if (!denial) return StatusCodes.Good;
      const what = `session ${entrance.policy} ${entrance.mode}`;
      cell.record({ kind: 'refusal', participant, via: 'opcua', what, reason: reasonOf(denial) });
      return statuses[denial.key] ?? StatusCodes.BadUserAccessDenied;
    },

    offer(participant, endpoints) {
      const cell = known.get(participant)?.deref();
      const posture = cell && findPosture(cell);
      if (!posture) return [...endpoints];
      const isOffered = ({ securityPolicyUri, securityMode }: EndpointDescription): boolean => {
        const policy = securityPolicyUri?.split('#')[1] ?? 'None';
        const channel: Channel = { policy, mode: MessageSecurityMode[securityMode] };
        // Which certificate the client will come with is not known yet.
        return refuseChannel({ ...posture, pinned: [] }, channel) === undefined;
      };
      return endpoints.filter(isOffered);
    },
  };
}

/** SHA-1 of a certificate, as hex digits. */
export const thumbprintOf = (certificate: Buffer | null | undefined): string | undefined =>
  certificate ? createHash('sha1').update(certificate).digest('hex') : undefined;
