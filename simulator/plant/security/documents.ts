import { SECOND } from '#simulator/kernel/time.ts';
import { type Access } from './access-log.ts';
import { denialOf } from './access.ts';
import type { SecuritySelf } from './security.ts';

/** An access in words: of what the log of a device and an audit event consist. */
export interface AccessRecord {
  readonly number: number;
  /** Plant time, us since the start, and s since the start for people. */
  readonly atUs: number;
  readonly atS: number;
  readonly actor: string;
  readonly via: string;
  readonly target: string;
  readonly value: number | string | null;
  /** What the sender says of when it was sent, us since the start. */
  readonly sentUs: number;
  readonly outcome: 'granted' | 'refused';
  readonly reason: string | null;
}

export function recordOf(s: SecuritySelf, access: Access): AccessRecord {
  const { number, t, sentUs, account, via, target, value, denial } = access;
  return {
    ...{ number, atUs: t, atS: Math.floor(t / SECOND), actor: s.accounts.known[account].name, via },
    target: s.commanded.at(target).path,
    value: (s.commanded.valueOf(target, value) ?? null) as number | string | null,
    sentUs,
    outcome: denial === undefined ? 'granted' : 'refused',
    reason: denial === undefined ? null : denialOf(denial).text.en,
  };
}

/** What the capture `Access` shows. */
export const documentOf = (s: SecuritySelf): Readonly<Record<string, unknown>> => ({
  accounts: s.accounts.known.map(({ name }, k) => ({
    name,
    role: s.accounts.role(k),
    enabled: !s.accounts.isDisabled(k),
    defaultPassword: s.accounts.hasDefault(k),
  })),
  pinnedCertificates: s.certificates.all(),
  accesses: s.log.all().map((each) => recordOf(s, each)),
});
