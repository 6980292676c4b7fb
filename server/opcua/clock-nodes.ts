import { DataType, type DataValue, StatusCodes } from 'node-opcua';
import type { SpeedRequest } from '#contract/clock.ts';
import type { Text } from '#contract/text.ts';
import type { Draft, LineArgument, LineMethod, LineVariable, Outcome } from './line-node.ts';
import { reading, scalar } from './reading.ts';
import { lastName } from './signal-nodes.ts';
import { outcomeOfFailure } from './status-codes.ts';
import type { Visit } from './visit.ts';

interface Captioned<N> {
  readonly draft: N;
  readonly text: Text;
}

const variable = (
  id: string,
  dataType: DataType,
  read: (visit: Visit) => DataValue,
  text: Text,
  write?: LineVariable['write'],
): Captioned<Draft<LineVariable>> => ({
  text,
  draft: {
    kind: 'variable',
    id,
    browseName: lastName(id),
    type: 'BaseDataVariableType',
    dataType,
    blank: scalar(dataType, dataType === DataType.DateTime ? new Date(0) : dataType === DataType.Boolean ? false : 0),
    read,
    ...(write ? { write } : {}),
  },
});

/** The clock of the cell, and the last refusal of the session. */
export const clockVariables: readonly Captioned<Draft<LineVariable>>[] = [
  variable(
    'Clock.SimTime',
    DataType.DateTime,
    (visit) => reading(DataType.DateTime, new Date(Math.floor(visit.nowMs())), visit.nowMs()),
    { en: 'Plant time', sv: 'Anläggningstid' },
  ),
  variable(
    'Clock.Speed',
    DataType.Double,
    (visit) => reading(DataType.Double, visit.cell.clock.speed, visit.nowMs()),
    { en: 'Speed: plant seconds per second, 1 to 100', sv: 'Hastighet: anläggningssekunder per sekund, 1 till 100' },
    (visit, { value }) => setClock(visit, { speed: value as number }),
  ),
  variable(
    'Clock.Paused',
    DataType.Boolean,
    (visit) => reading(DataType.Boolean, visit.cell.clock.paused, visit.nowMs()),
    { en: 'Plant time stands still', sv: 'Anläggningstiden står stilla' },
    (visit, { value }) => setClock(visit, { paused: value as boolean }),
  ),
  variable('Clock.Run', DataType.UInt32, (visit) => reading(DataType.UInt32, visit.cell.clock.run, visit.startMs), {
    en: 'Run: counts resets, from 1',
    sv: 'Körning: räknar omstarter, från 1',
  }),
];

export const lastRefusal: Captioned<Draft<LineVariable>> = {
  text: {
    en: 'Why the last write or call of this session was refused',
    sv: 'Varför sessionens senaste skrivning eller anrop avvisades',
  },
  draft: {
    kind: 'variable',
    id: 'LastRefusal',
    browseName: 'LastRefusal',
    type: 'BaseDataVariableType',
    dataType: DataType.String,
    blank: scalar(DataType.String, ''),
    read: (visit) => reading(DataType.String, visit.lastRefusal, visit.nowMs()),
  },
};

const method = (
  id: string,
  text: Text,
  input: LineArgument,
  request: (value: never) => SpeedRequest,
): Captioned<Draft<LineMethod>> => ({
  text,
  draft: {
    kind: 'method',
    id,
    browseName: lastName(id),
    inputs: [input],
    outputs: [],
    call: (visit, [{ value }]) => setClock(visit, request(value as never)),
  },
});

export const clockMethods: readonly Captioned<Draft<LineMethod>>[] = [
  method(
    'Clock.SetSpeed',
    { en: 'Set the speed', sv: 'Ställ in hastigheten' },
    {
      name: 'Speed',
      dataType: DataType.Double,
      about: { en: 'Plant seconds per second, 1 to 100', sv: 'Anläggningssekunder per sekund, 1 till 100' },
    },
    (speed) => ({ speed }),
  ),
  method(
    'Clock.SetPaused',
    { en: 'Pause or go on', sv: 'Pausa eller fortsätt' },
    {
      name: 'Paused',
      dataType: DataType.Boolean,
      about: {
        en: 'True stops plant time, false lets it go on',
        sv: 'Sant stoppar anläggningstiden, falskt låter den gå',
      },
    },
    (paused) => ({ paused }),
  ),
];

async function setClock(visit: Visit, request: SpeedRequest): Promise<Outcome> {
  const { speed } = request;
  if (speed !== undefined && !(speed >= 1 && speed <= 100)) {
    return { status: StatusCodes.BadOutOfRange, reason: `${speed} is no speed. Give a number from 1 to 100.` };
  }
  try {
    await visit.cell.setSpeed(request, visit.actor);
    return { status: StatusCodes.Good };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}
