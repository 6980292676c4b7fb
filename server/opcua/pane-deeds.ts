import { AttributeIds, type ClientSession, DataValue, type StatusCode, StatusCodes, type Variant } from 'node-opcua';
import type { PaneCall, PaneField, PaneOutcome, PaneWrite } from '#contract/opcua-pane-deeds.ts';
import { AppError } from '#server/errors.ts';
import { abilitiesOf } from './pane-abilities.ts';
import { nodeIdOf } from './pane-node-id.ts';
import { valueText } from './pane-text.ts';
import { variantOf } from './pane-variant.ts';

type ReasonOf = () => string | undefined;

export function outcomeOf(status: StatusCode, reason: ReasonOf, outputs: PaneOutcome['outputs'] = []): PaneOutcome {
  const isGood = status.isGood();
  const words = isGood ? undefined : (reason() ?? status.description);
  return { status: status.name, isGood, outputs, ...(words && { reason: words }) };
}

/** Writes the Value of a node with its own data type. */
export async function writeValue(
  session: ClientSession,
  { nodeId, value }: PaneWrite,
  reason: ReasonOf,
): Promise<PaneOutcome> {
  const id = await nodeIdOf(session, nodeId);
  const { write } = await abilitiesOf(session, id);
  // What cannot be written is refused by the server, in its words.
  const field: PaneField = write ?? { name: nodeId, dataType: 'String', isArray: false, about: '' };
  const status = await session.write({
    nodeId: id,
    attributeId: AttributeIds.Value,
    value: { value: variantOf(field, value) },
  });
  return outcomeOf(status, reason);
}

/** Calls a method with inputs as typed, by its InputArguments. */
export async function callMethod(session: ClientSession, asked: PaneCall, reason: ReasonOf): Promise<PaneOutcome> {
  const [objectId, methodId] = [await nodeIdOf(session, asked.objectId), await nodeIdOf(session, asked.nodeId)];
  const { call } = await abilitiesOf(session, methodId);
  const wanted = call?.inputs ?? [];
  if (wanted.length !== asked.inputs.length) {
    const message = `The method wants ${wanted.length} arguments, and ${asked.inputs.length} were given.`;
    throw new AppError('bad_arguments', message, 'Read its InputArguments again.', 400);
  }
  const inputArguments = wanted.map((field, n) => variantOf(field, asked.inputs[n]));
  const result = await session.call({ objectId, methodId, inputArguments });
  const words = () => reason() ?? wrongArguments(wanted, result.inputArgumentResults ?? []);
  const outputs = (result.outputArguments ?? []).map((value, n) => ({
    name: call?.outputs[n]?.name ?? String(n + 1),
    value: textOf(value),
  }));
  return outcomeOf(result.statusCode, words, outputs);
}

const wrongArguments = (wanted: readonly PaneField[], results: readonly StatusCode[]): string | undefined =>
  results.flatMap((each, n) => (each.isGood() ? [] : [`${wanted[n]?.name}: ${each.name}`])).join(', ') || undefined;

export const textOf = (value: Variant): string => valueText(new DataValue({ value, statusCode: StatusCodes.Good }));
