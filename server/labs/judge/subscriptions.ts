import type { EvidenceEntry } from '#contract/evidence.ts';

type Subscribed = Extract<EvidenceEntry, { kind: 'opcua.subscribe' }>;

/** A stretch of wall time in which one session watched the same items. */
export interface Phase {
  readonly session: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly items: readonly Subscribed[];
}

/** What each session watched and when, in the order in which it ended. A session that is still open ends at `nowMs`. */
export function watchPhases(evidence: readonly EvidenceEntry[], nowMs: number): readonly Phase[] {
  const phases: Phase[] = [];
  const open = new Map<string, { sinceMs: number; items: Map<string, Subscribed> }>();

  function change(session: string, wallMs: number, apply: (items: Map<string, Subscribed>) => void): void {
    const watched = open.get(session) ?? { sinceMs: wallMs, items: new Map<string, Subscribed>() };
    const { sinceMs, items } = watched;
    if (items.size && wallMs > sinceMs)
      phases.push({ session, fromMs: sinceMs, toMs: wallMs, items: [...items.values()] });
    apply(items);
    open.set(session, { sinceMs: wallMs, items });
  }
  const end = (session: string, wallMs: number) => change(session, wallMs, (items) => items.clear());

  for (const entry of evidence) {
    switch (entry.kind) {
      case 'opcua.subscribe':
        change(entry.session, entry.wallMs, (items) => items.set(entry.item, entry));
        break;
      case 'opcua.unsubscribe':
        change(entry.session, entry.wallMs, (items) => items.delete(entry.item));
        break;
      case 'opcua.closed':
        end(entry.session, entry.wallMs);
        break;
      case 'server.started':
        // What ran when the server went down is not known to have run any longer than its last trace.
        for (const [session, { sinceMs }] of open) end(session, lastTrace(evidence, session, entry) ?? sinceMs);
        break;
    }
  }
  for (const session of open.keys()) end(session, nowMs);
  return phases;
}

/** When the server last wrote anything about a session before it went down. */
function lastTrace(evidence: readonly EvidenceEntry[], session: string, before: EvidenceEntry): number | undefined {
  const earlier = evidence.slice(0, evidence.indexOf(before));
  return earlier.findLast((entry) => 'session' in entry && entry.session === session)?.wallMs;
}
