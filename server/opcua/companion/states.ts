import { type AddressSpace, type BaseNode, StatusCodes } from 'node-opcua';
import type { Visit } from '../visit.ts';
import { statesOf } from './declared.ts';
import type { Instance, Member, Shown } from './instance.ts';
import { inSwedish } from './words.ts';

type Members = Instance['members'];
type Machine = Member & { kind: 'state' };

/** The members of a state machine whose present state is given: its name, its node and its number. */
export function withStates(space: AddressSpace, type: BaseNode | undefined, path: string, members: Members): Members {
  const machine = members[path === '' ? '.' : path];
  if (machine?.kind !== 'state' || !type) return members;
  const { states, transitions } = statesOf(space, type);
  const below = (name: string) => (path === '' ? name : `${path}/${name}`);
  const shows = (of: (name: string, visit: Visit) => unknown): Member => ({
    kind: 'value',
    signal: machine.signal,
    show: (visit) => present(machine, visit, (name) => of(name, visit)),
  });
  const nodeOf = (name: string) => {
    const found = states.get(name);
    if (!found) throw new Error(`${type.browseName.name} has no state ${name}.`);
    return found;
  };
  const always = (value: unknown): Member => ({
    kind: 'value',
    show: ({ startMs: sourceMs }) => ({ value, sourceMs }),
  });
  return {
    [below('CurrentState')]: shows((name, { language }) => ({
      locale: language,
      text: language === 'sv' ? inSwedish(name) : name,
    })),
    [below('CurrentState/Id')]: shows((name) => nodeOf(name).nodeId),
    [below('CurrentState/Number')]: shows((name) => nodeOf(name).number),
    [below('AvailableStates')]: always([...states.values()].map(({ nodeId }) => nodeId)),
    [below('AvailableTransitions')]: always(transitions),
    ...members,
  };
}

/** While a machine is not active it has no state (OPC 10000-16, 4.4.6). */
function present({ signal, state }: Machine, visit: Visit, of: (name: string) => unknown): Shown {
  const { tUs, value } = visit.sample(signal);
  const name = state(value);
  const sourceMs = visit.cell.epochMs(tUs);
  if (name === undefined) return { value: null, sourceMs, status: StatusCodes.BadStateNotActive };
  return { value: of(name), sourceMs };
}
