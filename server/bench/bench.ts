import type { CliCommand, GivenArguments } from '#server/command-line.ts';
import { print } from '#server/print.ts';
import { machine, type Row } from './measure.ts';

/** Measures something and returns figures, never a verdict. */
export type Bench = (given: GivenArguments) => Promise<Row[]> | Row[];

/** A bench is loaded only when it is called. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  kernel: async () => (await import('./kernel.ts')).benchKernel,
  history: async () => (await import('./history.ts')).benchHistory,
  grading: async () => (await import('./grading.ts')).benchGrading,
  'what-if': async () => (await import('./what-if.ts')).benchWhatIf,
  opcua: async () => (await import('./opcua.ts')).benchOpcua,
  mqtt: async () => (await import('./mqtt.ts')).benchMqtt,
  simpy: async () => (await import('./simpy.ts')).benchSimpy,
};

/** `verkstad bench NAME`. */
export const benchCommand: CliCommand = {
  usage: `bench ${Object.keys(BENCHES).join('|')} [--clients N] [--seconds S] [--items N] [--interval MS] [--screen] [--ramp] [--json]`,
  options: {
    ...{
      clients: { type: 'string' },
      seconds: { type: 'string' },
      items: { type: 'string' },
      interval: { type: 'string' },
    },
    ...{ screen: { type: 'boolean' }, ramp: { type: 'boolean' }, json: { type: 'boolean' } },
    // The process of the clients, started by the bench itself.
    role: { type: 'string' },
  },
  async run(given) {
    const name = given.word;
    const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!load) throw given.wrong(`There is no bench "${name}"`);
    const rows = await (await load())(given);
    if (given.flag('json')) print(JSON.stringify({ bench: name, machine: machine(), rows }, undefined, 2));
    else for (const { measure, value, unit } of rows) print(`${measure} ${Number(value.toPrecision(4))} ${unit}`);
  },
};
