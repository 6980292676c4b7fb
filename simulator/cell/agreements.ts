import type { Parameter } from '#simulator/kernel/fields.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';

interface Side {
  /** `ST04.Safety.StopDistance` */
  readonly path: string;
  readonly parameter: Parameter;
}

/** Two settings of which one must stay below the other, or they contradict each other. */
export interface Agreement {
  readonly low: Side;
  readonly high: Side;
  /** What must lie between them at least. */
  readonly by: number;
}

/** All that the parameters of a plant say of each other; see `atMost` of their shapes. */
export function agreementsOf(parameters: ReadonlyMap<string, Parameter>): Agreement[] {
  return [...parameters].flatMap(([path, parameter]): Agreement[] => {
    const { station, shape } = parameter;
    if (shape?.atMost === undefined) return [];
    const { path: other, by = 0 } = shape.atMost;
    const high = parameters.get(`${station}.${other}`);
    if (high === undefined) throw new Error(`${path} must stay below ${other}, which is no setting of ${station}.`);
    return [{ low: { path, parameter }, high: { path: `${station}.${other}`, parameter: high }, by }];
  });
}

/** What is wrong between two settings as they are now in the open slab, seen from the one that was set; else undefined. */
export function contradictionOf({ low, high, by }: Agreement, set: string): Refusal | undefined {
  const [lowest, highest] = [Number(low.parameter.read()), Number(high.parameter.read())];
  if (lowest + by <= highest) return undefined;
  const unit = low.parameter.shape?.unit ?? '1';
  const told = (value: number): string => `${Number(value.toPrecision(12))}${unit === '1' ? '' : ` ${unit}`}`;
  const gap = by === 0 ? '' : ` by ${told(by)} at least`;
  const message = `${low.path} (${told(lowest)}) must not lie above ${high.path} (${told(highest)})`;
  const rule =
    by === 0 ? `${message}.` : `${low.path} (${told(lowest)}) must lie below ${high.path} (${told(highest)})${gap}.`;
  const hint =
    set === high.path
      ? `Give ${told(lowest + by)} or more, or lower ${low.path} first.`
      : `Give ${told(highest - by)} or less, or raise ${high.path} first.`;
  return new Refusal(rule, hint, 'out_of_range');
}

/** Sets a parameter, or leaves it as it was and says which other setting it would contradict. */
export function setInAgreement(
  path: string,
  { write, read }: Parameter,
  agreements: readonly Agreement[],
  value: unknown,
): void {
  const before = read();
  write(value);
  for (const agreement of agreements) {
    const refusal = contradictionOf(agreement, path);
    if (refusal === undefined) continue;
    write(before);
    throw refusal;
  }
}

/** Settings of the definition, in the open slab, that contradict each other: about the one that should be lower. */
export const contradictionsIn = (parameters: ReadonlyMap<string, Parameter>): Refusal[] =>
  agreementsOf(parameters).flatMap((agreement) => {
    const { path, parameter } = agreement.low;
    return contradictionOf(agreement, path)?.in(parameter.station, parameter.setting) ?? [];
  });
