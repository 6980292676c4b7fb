import { randomUUID } from 'node:crypto';
import { DataType } from 'node-opcua';
import type { CommandView, ParameterView } from '#contract/cell-view.ts';
import type { Text } from '#contract/text.ts';
import { AppError } from '#server/errors.ts';
import type { CellSignal } from '#simulator/cell/sampling.ts';
import { clockMethods, clockVariables, lastRefusal } from './clock-nodes.ts';
import { inputOf } from './command-input.ts';
import type { LineDefinition } from './line-definition.ts';
import type { Appearance, Draft, LineMethod, LineNode, LineVariable } from './line-node.ts';
import { parameterNode, parameterProperties, writeParameter } from './parameter-nodes.ts';
import { argumentsProperty } from './properties.ts';
import { scalar } from './reading.ts';
import { lastName, signalNode, signalProperties } from './signal-nodes.ts';
import { outcomeOf } from './status-codes.ts';

/**
 * All nodes of all definitions, by id, each once. Parents come before their children. Throws an AppError if two
 * definitions mean different things by one path.
 */
export function uniteLines(definitions: readonly LineDefinition[]): Map<string, LineNode> {
  const nodes = new Map<string, LineNode>();
  for (const definition of definitions) addLine(nodes, definition);
  return nodes;
}

function addLine(nodes: Map<string, LineNode>, definition: LineDefinition): void {
  const { topicPrefix, title, stations, model } = definition;

  const add = (draft: Draft, appearance: Appearance): void => {
    const known = nodes.get(draft.id);
    if (known) refuseDisagreement(known, draft);
    else nodes.set(draft.id, { ...draft, appearances: new Map() });
    nodes.get(draft.id)?.appearances.set(definition, appearance);
  };
  const addProperties = (drafts: readonly Draft<LineVariable>[], parent: string): void => {
    for (const draft of drafts) add(draft, { name: plain(draft.browseName), parent });
  };
  const addPlace = (id: string, browseName: string, name: Text, parent?: string): string => {
    add({ kind: 'place', id, browseName }, parent === undefined ? { name } : { name, parent });
    return id;
  };
  const commands = stations.flatMap((one) => one.commands);
  const commandPaths = new Set(commands.map(({ path }) => path));
  /**
   * The station or component that a path belongs to, made where it is missing. Where a command has the name of the
   * component there is none: `ST06.Andon.Active` then stands in ST06 as `Andon.Active`.
   */
  const ownerOf = (path: string): string => {
    const owner = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    if (owner === '') return topicPrefix;
    if (commandPaths.has(owner)) return ownerOf(owner);
    if (nodes.get(owner)?.appearances.has(definition)) return owner;
    return addPlace(owner, nameIn(ownerOf(owner), owner), plain(lastName(owner)), ownerOf(owner));
  };
  const nameIn = (owner: string, path: string): string =>
    path.startsWith(`${owner}.`) ? path.slice(owner.length + 1) : lastName(path);
  const addVariable = (draft: Draft<LineVariable>, appearance: Omit<Appearance, 'parent'>): void => {
    const parent = ownerOf(draft.id);
    add({ ...draft, browseName: nameIn(parent, draft.id) }, { ...appearance, parent });
  };
  const addMethod = (draft: Draft<LineMethod>, name: Text): void => {
    add(draft, { name, about: name, parent: ownerOf(draft.id) });
    if (draft.inputs.length > 0) addProperties([argumentsProperty(draft.id, 'InputArguments', draft.inputs)], draft.id);
    if (draft.outputs.length > 0) {
      addProperties([argumentsProperty(draft.id, 'OutputArguments', draft.outputs)], draft.id);
    }
  };

  let place: string | undefined;
  const names = topicPrefix.split('/');
  for (const [depth, name] of names.entries()) {
    const text = depth === names.length - 1 ? title : plain(capital(name));
    place = addPlace(names.slice(0, depth + 1).join('/'), capital(name), text, place);
  }
  for (const { id, title } of stations) {
    addPlace(id, id, { en: `${id} ${title.en}`, sv: `${id} ${title.sv}` }, topicPrefix);
  }
  addPlace('Clock', 'Clock', { en: 'Clock', sv: 'Klocka' }, topicPrefix);
  for (const { draft, text } of [...clockVariables, lastRefusal]) {
    addVariable(draft, { name: plain(draft.browseName), about: text });
  }
  for (const { draft, text } of clockMethods) addMethod(draft, text);

  const parameters = new Map(stations.flatMap((one) => one.parameters).map((one) => [one.path, one]));
  for (const signal of [...model.signals].sort((a, b) => depthOf(a.path) - depthOf(b.path))) {
    const parameter = parameters.get(signal.path);
    addVariable(settable(signalNode(signal), parameter), aboutSignal(signal));
    addProperties(signalProperties(signal), signal.path);
    parameters.delete(signal.path);
  }
  for (const parameter of parameters.values()) {
    addVariable(parameterNode(parameter), { name: parameter.text, about: parameter.text });
    addProperties(parameterProperties(parameter), parameter.path);
  }
  for (const command of commands) addMethod(commandNode(command), command.text);
}

/** A signal that can be written too is one node. */
const settable = (draft: Draft<LineVariable>, parameter: ParameterView | undefined): Draft<LineVariable> =>
  parameter ? { ...draft, write: (visit, value) => writeParameter(visit, parameter, value) } : draft;

const commandNode = ({ path, wants }: CommandView): Draft<LineMethod> => ({
  kind: 'method',
  id: path,
  browseName: lastName(path),
  needs: path,
  inputs: wants ? [inputOf(wants)] : [],
  outputs: [
    {
      name: 'PlantTime',
      dataType: DataType.DateTime,
      about: { en: 'When it took effect, plant time', sv: 'När det fick verkan, anläggningstid' },
    },
  ],
  call: async (visit, [input]) => {
    const value = input && { value: input.value as string | number };
    const result = await visit.command({ id: randomUUID(), target: path, ...value });
    const plantTime = new Date(Math.floor(visit.cell.epochMs(result.atUs)));
    return { ...outcomeOf(result), outputs: [scalar(DataType.DateTime, plantTime)] };
  },
});

function aboutSignal({ text, range: [low, high], unit, kind, scanS }: CellSignal): Omit<Appearance, 'parent'> {
  const limits = `${low} … ${high} ${unit === '1' ? '' : unit}`.trim();
  const [en, sv] =
    kind === 'continuous' ? [`sampled every ${scanS} s`, `avläst var ${scanS}:e s`] : ['on change', 'vid ändring'];
  return { name: text, about: { en: `${text.en}. ${limits}, ${en}.`, sv: `${text.sv}. ${limits}, ${sv}.` } };
}

function refuseDisagreement(known: LineNode, draft: Draft): void {
  const meaning = (node: Draft | LineNode) =>
    node.kind === 'variable' ? [node.type, node.dataType, node.unit].join(' ') : node.kind;
  if (meaning(known) === meaning(draft)) return;
  throw new AppError(
    'definitions_disagree',
    `Two cell definitions mean different things by ${draft.id}: ${meaning(known)} and ${meaning(draft)}.`,
    'Give it the same type and unit in all of them, or another name.',
    500,
  );
}

const depthOf = (path: string): number => path.split('.').length;
const plain = (name: string): Text => ({ en: name, sv: name });
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
