import type { Intrusion } from '#simulator/plant/security/intrusion.ts';
import { text } from '#simulator/plant/texts.ts';
import { anything, type Effect, type FaultKind, type FaultParameter, number } from './fault-kind.ts';

/** What only a scenario may address: somebody comes, and goes. The cell finds its station for security. */
export const INTRUDE = 'Line.Intrude';
export const WITHDRAW = 'Line.Withdraw';

const account = (fallback: string): FaultParameter => ({
  ...anything('Account of the cell that it uses', 'Cellens konto som den använder'),
  fallback,
});
const every = number('min', [0.1, 1440], 'Mean time between attempts', 'Medeltid mellan försöken', 20);
const parameter = anything('Parameter within the station', 'Parameter inom stationen');
const value = anything('What is written', 'Vad som skrivs');

const minutes = (given: unknown): number => Number(given) * 60;
const comes = (intrusion: Intrusion): readonly Effect[] => [{ target: INTRUDE, value: intrusion }];
const goes = (intrusion: Intrusion): readonly Effect[] => [{ target: WITHDRAW, value: intrusion }];

function attacker(
  kind: Pick<FaultKind, 'id' | 'text' | 'parameters'>,
  intrusionOf: (given: Readonly<Record<string, unknown>>, of: string) => Intrusion,
): FaultKind {
  return {
    ...kind,
    begins: (given, of) => comes(intrusionOf(given, of)),
    ends: (given, of) => goes(intrusionOf(given, of)),
  };
}

/** `given` without the value means a command. */
const aimed = (given: Readonly<Record<string, unknown>>, of: string, name: unknown) => ({
  account: String(given.account),
  target: `${of}.${String(name)}`,
  everyS: minutes(given.every),
  ...(given.value !== undefined && given.value !== NOTHING && { value: given.value }),
});
const NOTHING = 'none';
const orNothing: FaultParameter = {
  ...anything('What is sent with it; none is nothing', 'Vad som sänds med; none är ingenting'),
  fallback: NOTHING,
};

/**
 * Attackers of a lab: bots with a user of the cell, who act through the same validation as everyone, again and again at
 * seeded times, and are kept out by what would keep out anybody else (IEC 62443-3-3).
 */
export const attackerFaults: readonly FaultKind[] = [
  attacker(
    {
      id: 'rogue-write',
      ...text('Somebody writes a set-point over unprotected OPC UA', 'Någon skriver ett börvärde över oskyddad OPC UA'),
      parameters: { parameter, value, account: account('integrator'), every },
    },
    (given, of) => ({ manner: 'open-opcua', ...aimed(given, of, given.parameter) }),
  ),
  attacker(
    {
      id: 'weak-credentials',
      ...text('Somebody comes in with a default password', 'Någon kommer in med ett förvalt lösenord'),
      parameters: { parameter, value, account: account('operator'), every },
    },
    (given, of) => ({ manner: 'default-password', ...aimed(given, of, given.parameter) }),
  ),
  attacker(
    {
      id: 'spoofed-command',
      ...text('Somebody publishes commands that are not theirs', 'Någon publicerar kommandon som inte är deras'),
      parameters: {
        command: anything('Command or parameter within the station', 'Kommando eller parameter inom stationen'),
        value: orNothing,
        account: account('gateway'),
        every,
      },
    },
    (given, of) => ({ manner: 'spoofed-mqtt', ...aimed(given, of, given.command) }),
  ),
  attacker(
    {
      id: 'replayed-command',
      ...text(
        'A command to a station over MQTT is recorded and sent again',
        'Ett kommando till en station över MQTT spelas in och sänds igen',
      ),
      parameters: {
        command: anything(
          'What is repeated while nobody has sent a command to the station',
          'Vad som upprepas så länge ingen har sänt ett kommando till stationen',
        ),
        value: orNothing,
        age: number('min', [1, 10_000], 'How old that one is', 'Hur gammalt det är', 60),
        account: account('gateway'),
        every,
      },
    },
    (given, of) => ({ manner: 'replayed-mqtt', ageS: minutes(given.age), ...aimed(given, of, given.command) }),
  ),
  attacker(
    {
      id: 'zone-crossing',
      ...text(
        'Somebody in another zone writes a set-point over Modbus',
        'Någon i en annan zon skriver ett börvärde över Modbus',
      ),
      parameters: {
        parameter,
        value,
        from: { ...anything('Zone that it comes from', 'Zon som det kommer från'), fallback: 'Office' },
        account: account('integrator'),
        every,
      },
    },
    (given, of) => ({ manner: 'across-zones', from: String(given.from), ...aimed(given, of, given.parameter) }),
  ),
];
