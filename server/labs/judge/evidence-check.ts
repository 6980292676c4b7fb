import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Facts } from '#contract/facts.ts';
import { fitsGlob } from '#contract/glob.ts';
import { pastWindow } from './expression/lab-function.ts';
import type { EvidenceCheck } from './check.ts';
import { misses } from './count-rule.ts';
import { failed, type Finding, passed } from './outcome.ts';
import { pathOf, type Values } from './reference.ts';

/** What of an entry can be named: signals, a topic, a node, an alarm, what was refused. */
export function subjectsOf(entry: EvidenceEntry): readonly string[] {
  if ('signals' in entry) return entry.signals;
  if ('signal' in entry) return [entry.signal];
  if ('topic' in entry) return [entry.topic];
  switch (entry.kind) {
    case 'what-if':
      return entry.targets;
    case 'opcua.browse':
      return [entry.node];
    case 'opcua.condition':
      return [entry.alarm];
    case 'opcua.events.read':
      return [entry.notifier];
    case 'sparkplug.rebirth':
      return [`${entry.group}/${entry.node}`];
    case 'sparkplug.state':
      return [entry.host];
    case 'refusal':
      return [entry.what];
    case 'command':
      return [entry.target];
    default:
      return [];
  }
}

const MODES = ['None', 'Sign', 'SignAndEncrypt'];

/** Policy and mode of the session in which an entry came about. */
function securityOf(entry: EvidenceEntry, all: readonly EvidenceEntry[]): { policy: string; mode: string } {
  if ('policy' in entry) return entry;
  const session = 'session' in entry ? entry.session : undefined;
  const opened = all.find((one) => one.kind === 'opcua.session' && one.session === session);
  return opened && 'policy' in opened ? opened : { policy: 'None', mode: 'None' };
}

/** True if the log shows it often enough, and not too often. Reads of the same samples over any door are equal. */
export function judgeEvidence(check: EvidenceCheck, facts: Facts, values: Values): Finding {
  const globs = check.of.map((text) => pathOf(text, values));
  const named = (subject: string) => globs.length === 0 || globs.some((glob) => fitsGlob(subject, glob));
  const kinds: readonly string[] =
    check.kind === 'read' ? ['opcua.read', 'history.read', 'opcua.subscribe'] : [check.kind];
  const all = facts.evidence.filter(({ kind }) => kinds.includes(kind));
  const fitting = all.filter((entry) => globs.length === 0 || subjectsOf(entry).some(named));
  if (fitting.length === 0 && check.count.most === undefined) return failed('none', { count: 0, signals: 0 });

  const own = fitting.filter((entry) => check.client === 'any' || !('client' in entry) || entry.client === 'own');
  if (fitting.length > 0 && own.length === 0) return failed('client', { count: fitting.length, client: 'pane' });
  const safe = own.filter((entry) => isSafe(check, securityOf(entry, facts.evidence)));
  if (own.length > 0 && safe.length === 0) {
    const { policy } = securityOf(own[0], facts.evidence);
    return failed('policy', { count: own.length, policy });
  }
  const { covers } = check;
  const within = covers === undefined ? safe : coveringEntries(safe, covers, values);
  const signals = new Set(within.flatMap((entry) => subjectsOf(entry).filter(named))).size;
  const count = within.reduce((sum, entry) => sum + ('count' in entry ? (entry.count ?? 1) : 1), 0);
  const seen = { count, signals };
  if (safe.length > 0 && within.length === 0) return failed('window', seen);
  const miss = misses(check.signals ?? {}, signals) ?? misses(check.count, count);
  return miss === undefined ? passed(seen) : failed(miss, seen);
}

function isSafe({ policy, mode }: EvidenceCheck, found: { policy: string; mode: string }): boolean {
  if (policy !== undefined && found.policy !== policy) return false;
  return mode === undefined || MODES.indexOf(found.mode) >= MODES.indexOf(mode);
}

/** Reads of history that span a window, alone or, signal by signal, together. */
function coveringEntries(entries: readonly EvidenceEntry[], window: string, { scope }: Values): EvidenceEntry[] {
  const wanted = scope.find(window);
  const { fromUs, toUs } = pastWindow(wanted ?? NaN, Number.MAX_SAFE_INTEGER);
  const reads = entries.filter((entry) => entry.kind === 'history.read');
  const signals = new Set(reads.flatMap((entry) => entry.signals));
  const covered = [...signals].filter((signal) => {
    let reach = fromUs;
    for (const read of reads.filter((one) => one.signals.includes(signal)).sort((a, b) => a.fromUs - b.fromUs))
      if (read.fromUs <= reach) reach = Math.max(reach, read.toUs);
    // Two readings of a counter, at both ends, say as much as all between them.
    const ends = [fromUs, toUs].every((t) =>
      reads.some((one) => one.signals.includes(signal) && one.fromUs <= t && one.toUs >= t),
    );
    return reach >= toUs || ends;
  });
  return reads
    .filter((entry) => entry.signals.some((signal) => covered.includes(signal)))
    .map((entry) => ({
      ...entry,
      signals: entry.signals.filter((signal) => covered.includes(signal)),
    }));
}
