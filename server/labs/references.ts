import type { LabFile } from './format/lab-file.ts';
import type { CheckFile } from './format/checks.ts';
import type { Reference } from './judge/check.ts';
import { parseReference } from './judge/parse-reference.ts';

/** A reference in a lab.yaml, where it stands, and what its value must be the name of. */
export interface ReferencePlace {
  readonly reference: Reference;
  readonly path: readonly PropertyKey[];
  readonly means?: 'signal';
}

/** All references of a lab, to lint them and to know what is used where. Expressions are not among them. */
export function placesOf(lab: LabFile): ReferencePlace[] {
  return [
    ...lab.steps.flatMap((step, k) =>
      step.checks.flatMap((check, c) =>
        placesOfCheck(check).map((place) => ({ ...place, path: ['steps', k, 'checks', c, ...place.path] })),
      ),
    ),
    ...lineReferences(lab),
  ];
}

/** References in what makes the cell: if one of them is drawn anew, the line must begin anew. */
export function lineReferences(lab: Pick<LabFile, 'scenario' | 'cell'>): ReferencePlace[] {
  return [
    ...lab.scenario.flatMap((entry, k) => {
      if ('fault' in entry) return deep(entry, ['scenario', k]);
      const { at, command, value } = entry;
      return [
        ...('drawn' in at ? [{ reference: at, path: ['scenario', k, 'at'] }] : []),
        ...commandPlaces(command, ['scenario', k, 'command']),
        ...deep(value, ['scenario', k, 'value']),
      ];
    }),
    ...deep(lab.cell.set, ['cell', 'set']),
  ];
}

/** `$stop.station.Fail` in its station, drawn or written, and the command. */
export function splitCommand(command: string): { station: Exclude<Reference, { cel: string }>; rest: string } {
  const dot = command.lastIndexOf('.');
  return { station: parseReference(command.slice(0, dot)), rest: command.slice(dot + 1) };
}

function commandPlaces(command: string, path: readonly PropertyKey[]): ReferencePlace[] {
  const { station } = splitCommand(command);
  return 'drawn' in station ? [{ reference: station, path }] : [];
}

/** `$station.Meter.Energy`: the name that a path begins with. */
function pathPlaces(text: string, path: readonly PropertyKey[]): ReferencePlace[] {
  const [, drawn, key] = /^\$([a-z][A-Za-z0-9]*)(?:\.([a-z0-9][A-Za-z0-9]*))?(?:\.[A-Z*].*)?$/.exec(text) ?? [];
  if (drawn === undefined) return [];
  return [{ reference: key === undefined ? { drawn } : { drawn, key }, path }];
}

function placesOfCheck(check: CheckFile): ReferencePlace[] {
  if ('answers' in check) {
    return [
      ...Object.entries(check.answers).map(([ask, { is }]) => ({ reference: is, path: ['answers', ask] })),
      ...Object.entries(check.tells ?? {}).flatMap(([id, values]) =>
        Object.entries(values).map(([ask, reference]) => ({ reference, path: ['tells', id, ask] })),
      ),
    ];
  }
  if ('sample' in check) return [{ reference: check.sample, path: ['sample'], means: 'signal' }];
  if ('answer' in check) {
    const tells = Object.entries(check.tells ?? {}).map(([id, reference]) => ({ reference, path: ['tells', id] }));
    return [{ reference: check.is, path: ['is'] }, ...tells];
  }
  if ('config' in check) return [...pathPlaces(check.config, ['config']), { reference: check.is, path: ['is'] }];
  if ('event' in check) return pathPlaces(check.event, ['event']);
  if ('rule' in check)
    return [...deep(check.hidden.scenario, ['hidden', 'scenario']), ...deep(check.hidden.set, ['hidden', 'set'])];
  if ('firstTrue' in check) return [];
  if ('evidence' in check) return placesOfEvidence(check);
  if ('for' in check)
    return [
      { reference: check.signal, path: ['signal'], means: 'signal' },
      { reference: check.is, path: ['is'] },
    ];
  const { above, below, is } = check;
  return Object.entries({ above, below, is }).flatMap(([key, reference]) =>
    reference ? [{ reference, path: [key] }] : [],
  );
}

function placesOfEvidence(check: Extract<CheckFile, { evidence: string }>): ReferencePlace[] {
  switch (check.evidence) {
    case 'opcua.subscribe':
      return [
        ...check.signals.map((reference, k) => ({ reference, path: ['signals', k], means: 'signal' as const })),
        ...(check.sampling ? [{ reference: check.sampling, path: ['sampling'] }] : []),
      ];
    case 'mqtt.subscribe':
      return [{ reference: check.signal, path: ['signal'], means: 'signal' }];
    case 'command':
      return pathPlaces(check.target, ['target']);
    default:
      return [...(check.signal ?? []), ...(check.topic ?? [])].flatMap((text) => pathPlaces(text, ['signal']));
  }
}

/** References anywhere within plain data, also in `${...}`. */
export function deep(value: unknown, path: readonly PropertyKey[]): ReferencePlace[] {
  if (typeof value === 'string') {
    const names = [...value.matchAll(/\$\{([^}]+)\}/g)].flatMap(([, cel]) => cel.match(/\b[a-z][A-Za-z0-9]*\b/g) ?? []);
    return [...pathPlaces(value, path), ...names.map((drawn) => ({ reference: { drawn }, path }))];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => deep(one, [...path, Array.isArray(value) ? Number(key) : key]));
}
