import type { ParameterShape } from '#simulator/kernel/fields.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Compiler } from './compile.ts';
import { shown } from './located.ts';

/** Something that a command, and so a rule, may address. */
export interface ActionTarget {
  readonly station: string;
  readonly hidden: boolean;
  readonly shape?: ParameterShape;
  /** Acts, or throws a Refusal and changes nothing. */
  obey(t: number, value: unknown, unit: string | undefined): void;
}
export type ActionTargets = ReadonlyMap<string, ActionTarget>;

/** What a rule does when it fires. */
export type Action =
  | { readonly does: 'alarm' }
  | { readonly does: 'command'; readonly target: ActionTarget; readonly value?: unknown }
  | { readonly does: 'publish'; readonly value: () => number };

const NEEDS = { alarm: [], hold: ['station'], set: ['parameter', 'to'], publish: ['value'] } as const;
const ALL_NEEDS = Object.values(NEEDS).flat();

export function actionOf(given: Readonly<Record<string, unknown>>, compiler: Compiler, targets: ActionTargets): Action {
  const kind = given.do;
  if (typeof kind !== 'string' || !Object.hasOwn(NEEDS, kind)) {
    const message = `A rule cannot do ${shown(kind)}.`;
    throw new Refusal(message, `Give "do" one of ${Object.keys(NEEDS).join(', ')}.`, 'out_of_range');
  }
  const needs: readonly string[] = NEEDS[kind as keyof typeof NEEDS];
  const wrong = ALL_NEEDS.find((key) => needs.includes(key) !== (given[key] !== undefined));
  if (wrong !== undefined) {
    const wants = needs.length > 0 ? needs.map((key) => `"${key}"`).join(' and ') : 'nothing more';
    const message = needs.includes(wrong) ? `"${wrong}" is missing.` : `"${wrong}" has no meaning here.`;
    throw new Refusal(message, `"${kind}" wants ${wants}.`, 'wrong_type');
  }
  switch (kind) {
    case 'alarm':
      return { does: 'alarm' };
    case 'publish':
      return { does: 'publish', value: compiler.compile(given.value, 'value', 'number') };
    case 'hold':
      return { does: 'command', target: stationToHold(given.station, targets) };
    default:
      return { does: 'command', ...setting(given.parameter, given.to, targets) };
  }
}

function stationToHold(station: unknown, targets: ActionTargets): ActionTarget {
  const found = typeof station === 'string' ? targets.get(`${station}.Hold`) : undefined;
  if (found !== undefined && !found.hidden) return found;
  const known = [...targets].flatMap(([path, target]) => (path === `${target.station}.Hold` ? target.station : []));
  const message = `No station ${shown(station)} can be held.${didYouMean(String(station), known)}`;
  throw new Refusal(message, `There are ${known.join(', ')}.`, 'unknown_target');
}

function setting(parameter: unknown, to: unknown, targets: ActionTargets): { target: ActionTarget; value: unknown } {
  const target = typeof parameter === 'string' ? targets.get(parameter) : undefined;
  if (target?.shape === undefined) {
    const known = [...targets].flatMap(([path, { shape }]) => (shape ? path : []));
    const message = `There is no parameter ${shown(parameter)}.${didYouMean(String(parameter), known)}`;
    throw new Refusal(message, 'A parameter is Station.Name, as in ST03.Program.Feed.', 'unknown_target');
  }
  const { type, range = [-Infinity, Infinity], choices = [], unit } = target.shape;
  const isRight =
    type === 'choice'
      ? typeof to === 'string' && choices.includes(to)
      : typeof to === 'number' && to >= range[0] && to <= range[1] && (type === 'number' || Number.isInteger(to));
  if (isRight) return { target, value: to };
  const whole = type === 'count' ? 'a whole number' : 'a number';
  const hint = type === 'choice' ? `one of ${choices.join(', ')}` : `${whole} from ${range[0]} to ${range[1]} ${unit}`;
  const message = `${String(parameter)} cannot be set to ${shown(to)}.`;
  throw new Refusal(message, `Give ${hint}.`, 'out_of_range');
}
