import type { EvidenceEntry } from '#contract/evidence.ts';
import type { Facts, PlantWindow } from '#contract/facts.ts';
import type { Sample } from '#simulator/cell/sample.ts';
import type { AttemptHost } from './attempt-host.ts';
import type { Attempt } from './attempt-store.ts';
import type { Check } from './judge/check.ts';
import { valueOf } from './judge/reference.ts';
import type { LabStep } from './lab.ts';

/** Facts as plain data: what is stored with a judgement, and from which it can be judged again. */
export interface StoredFacts {
  readonly nowMs: number;
  readonly nowUs: number;
  readonly anchorMs: number;
  readonly window: PlantWindow;
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
  readonly evidence: readonly EvidenceEntry[];
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly drawn: Facts['drawn'];
}

export interface FactSources {
  readonly attempt: Attempt;
  readonly step: LabStep;
  readonly host: AttemptHost;
  readonly answers: StoredFacts['answers'];
  readonly drawn: Facts['drawn'];
  /** When the cell opened. */
  readonly openUs: number;
  readonly nowMs: number;
}

/** Kinds of evidence that a check looks at; the rest is not kept with its judgement. */
const KINDS: Readonly<Record<Check['source'], readonly EvidenceEntry['kind'][]>> = {
  answers: [],
  sample: [],
  signal: [],
  'opcua.subscribe': ['server.started', 'opcua.session', 'opcua.closed', 'opcua.subscribe', 'opcua.unsubscribe'],
  'mqtt.subscribe': ['mqtt.subscribe'],
  command: ['command'],
};

/** Gathers what the checks of a step look at, and nothing else. */
export async function gatherFacts(sources: FactSources): Promise<StoredFacts> {
  const { attempt, step, host, drawn, openUs, nowMs } = sources;
  const evidence = await host.evidence(attempt.cell);
  const { simUs, anchorMs } = await host.clock(attempt.cell);
  const window = { fromUs: openUs, toUs: simUs };
  const signals = step.checks.flatMap((check) =>
    check.source === 'signal' || check.source === 'sample' ? [String(valueOf(check.signal, drawn))] : [],
  );
  const columns = await Promise.all(
    [...new Set(signals)].map(async (signal) => [signal, await samplesOf(sources, signal, window)] as const),
  );
  const kinds = new Set(step.checks.flatMap(({ source }) => KINDS[source]));
  return {
    nowMs,
    nowUs: simUs,
    anchorMs,
    window,
    samples: Object.fromEntries(columns),
    evidence: evidence.filter((entry) => kinds.has(entry.kind) && isBy(entry, attempt.participant)),
    answers: { [step.id]: sources.answers[step.id] ?? {} },
    drawn,
  };
}

/** What a teacher or the scenario did never counts as the participant's. */
const isBy = (entry: EvidenceEntry, participant: string): boolean =>
  !('participant' in entry) || entry.participant === participant;

/**
 * All samples in the window, the first one being what held at its beginning. An answer that was cut short is gone on with
 * from its last instant.
 */
async function samplesOf({ host, attempt }: FactSources, signal: string, window: PlantWindow): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let fromUs = window.fromUs; ;) {
    const request = { signals: [signal], fromUs, toUs: window.toUs };
    const { columns } = await host.history(attempt.cell, request, attempt.participant);
    const [{ tUs, values, truncated }] = columns;
    const had = samples.at(-1)?.tUs ?? -1;
    samples.push(
      ...tUs.map((t, k) => ({ tUs: Math.max(t, window.fromUs), value: values[k] })).filter(({ tUs: t }) => t > had),
    );
    const last = samples.at(-1)?.tUs ?? had;
    if (!truncated || last <= had) return samples;
    fromUs = last + 1;
  }
}

/** The judge's view of stored facts. */
export function factsOf(stored: StoredFacts): Facts {
  const { nowMs, nowUs, anchorMs, evidence, drawn } = stored;
  return {
    nowMs,
    nowUs,
    anchorMs,
    evidence,
    drawn,
    signal: (path, { fromUs, toUs }) => (stored.samples[path] ?? []).filter(({ tUs }) => tUs >= fromUs && tUs <= toUs),
    answers: (step) => stored.answers[step] ?? {},
  };
}
