import { Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { oneOf } from './command-argument.ts';
import { type Control, Mode } from './control.ts';
import { PACKML_STATES, Reason, REASONS } from './reasons.ts';
import type { CommandSpec } from './station-type.ts';
import { text } from './texts.ts';

const stateName = (c: Control): string => PACKML_STATES[REASONS[c.reason].packml].en;

function demand(allowed: boolean, c: Control, what: string, hint: string): void {
  if (allowed) return;
  const cause = REASONS[c.reason].text.en.replace(/^./, (first) => first.toLowerCase());
  throw new Refusal(`${c.path} cannot ${what} in state ${stateName(c)} (${cause}).`, hint);
}

const OWN_CAUSES: readonly number[] = [
  ...[Reason.ToolChange, Reason.NoMaterial, Reason.NoOperator, Reason.Andon],
  ...[Reason.Break, Reason.Maintenance, Reason.Changeover],
];
const AT_REST: readonly number[] = [Reason.Stopped, Reason.Idle, Reason.Aborted];
const DOWN: readonly number[] = [Reason.Failed, Reason.Repair, Reason.Aborting, Reason.Aborted, Reason.Clearing];

export function hold(c: Control, t: number): void {
  demand(c.isRunning, c, 'hold', 'Hold it while it is in Execute or Suspended.');
  c.controlled.halt(t);
  c.enterPassing(Reason.Holding, t);
}

export function unhold(c: Control, t: number): void {
  const hint = OWN_CAUSES.includes(c.reason)
    ? 'It goes on by itself once its cause is gone.'
    : 'Hold it first, and wait for Held.';
  demand(c.reason === Reason.Held, c, 'unhold', hint);
  c.enterPassing(Reason.Unholding, t);
}

/** Nobody moves a machine that people have their hands in. */
function demandNoService(c: Control, what: string): void {
  demand(c.reason !== Reason.Maintenance, c, what, 'People work on it and it is at rest: wait until they are done.');
}

export function stop(c: Control, t: number): void {
  demandNoService(c, 'stop');
  demand(
    !DOWN.includes(c.reason) && c.reason !== Reason.Stopped && c.reason !== Reason.Stopping,
    c,
    'stop',
    'Stop is for a unit that is not aborted and not stopped already.',
  );
  c.controlled.halt(t);
  c.enterPassing(Reason.Stopping, t);
}

export function reset(c: Control, t: number): void {
  demand(c.reason === Reason.Stopped, c, 'reset', 'Stop it first, and wait for Stopped.');
  c.enterPassing(Reason.Resetting, t);
}

export function start(c: Control, t: number): void {
  demand(c.reason === Reason.Idle, c, 'start', 'Reset it from Stopped first, and wait for Idle.');
  if (c.mode !== Mode.Produce) {
    throw new Refusal(`${c.path} cannot start production in mode ${modeName(c.mode)}.`, 'Set mode 1 (Produce) first.');
  }
  c.enterPassing(Reason.Starting, t);
}

export function abort(c: Control, t: number): void {
  demandNoService(c, 'abort');
  const isAborted = c.isDown || c.reason === Reason.Aborting || c.reason === Reason.Aborted;
  demand(!isAborted, c, 'abort', 'It is aborted already: clear it once its fault is gone.');
  c.controlled.halt(t);
  c.enterPassing(Reason.Aborting, t);
}

export function clear(c: Control, t: number): void {
  const hint = c.isDown
    ? 'Its fault is still there: the maintenance crew must repair it.'
    : 'Abort comes before Clear.';
  demand(c.reason === Reason.Aborted, c, 'clear', hint);
  c.enterPassing(Reason.Clearing, t);
}

export function setMode(c: Control, value: unknown): void {
  const mode = typeof value === 'string' ? Mode[value as keyof typeof Mode] : Number(value);
  if (modeName(mode) === undefined) {
    throw new Refusal(
      `${JSON.stringify(value)} is no unit mode.`,
      'Give 1 (Produce), 2 (Maintenance) or 3 (Manual).',
      'out_of_range',
    );
  }
  demand(AT_REST.includes(c.reason), c, 'change mode', 'Stop it first: the mode changes in Stopped, Idle or Aborted.');
  c.mode = mode;
}

const modeName = (mode: number): string | undefined => Object.entries(Mode).find(([, number]) => number === mode)?.[0];

/** `{reason?, forS}`: stops for a named fault. `reason` is the key or the code of one of the station's faults. */
export function failFor(c: Control, t: number, value: unknown): void {
  const { reason, forS } = (value ?? {}) as { reason?: unknown; forS?: unknown };
  if (typeof forS !== 'number' || !(forS >= 1 && forS <= 86_400)) {
    throw new Refusal(`${JSON.stringify(forS)} is no duration of a fault.`, 'Give forS, 1 to 86400 s.', 'out_of_range');
  }
  const which = reason === undefined ? 0 : c.faults.findIndex(({ key, code }) => key === reason || code === reason);
  if (which < 0) {
    const known = c.faults.map(({ key }) => key).join(', ');
    throw new Refusal(`${c.path} has no fault ${JSON.stringify(reason)}.`, `Its faults are ${known}.`, 'out_of_range');
  }
  c.failFor(Math.round(forS * SECOND), which, t);
}

type Commands<S> = Readonly<Record<string, CommandSpec<S>>>;

/** The commands that every unit obeys (ISA-TR88.00.02), and the hidden one for scenarios. */
export const controlCommands = <S>(of: (self: S) => Control): Commands<S> => ({
  Hold: { obey: (s, t) => hold(of(s), t), text: { en: 'Hold: pause the work', sv: 'Håll: pausa arbetet' } },
  Unhold: {
    obey: (s, t) => unhold(of(s), t),
    text: { en: 'Unhold: go on after a hold', sv: 'Släpp: fortsätt efter håll' },
  },
  Stop: { obey: (s, t) => stop(of(s), t), text: { en: 'Stop', sv: 'Stoppa' } },
  Reset: {
    obey: (s, t) => reset(of(s), t),
    text: { en: 'Reset: make ready after a stop', sv: 'Återställ: gör redo efter stopp' },
  },
  Start: { obey: (s, t) => start(of(s), t), text: { en: 'Start production', sv: 'Starta produktionen' } },
  Abort: { obey: (s, t) => abort(of(s), t), text: { en: 'Abort at once', sv: 'Avbryt genast' } },
  Clear: { obey: (s, t) => clear(of(s), t), text: { en: 'Clear after an abort', sv: 'Rensa efter avbrott' } },
  SetMode: {
    obey: (s, _t, value) => setMode(of(s), value),
    text: {
      en: 'Set unit mode: 1 Produce, 2 Maintenance, 3 Manual',
      sv: 'Välj enhetsläge: 1 produktion, 2 underhåll, 3 manuellt',
    },
    wants: oneOf('Mode', 'The unit mode', 'Enhetsläget', [
      { value: Mode.Produce, ...text('Produce', 'Produktion') },
      { value: Mode.Maintenance, ...text('Maintenance', 'Underhåll') },
      { value: Mode.Manual, ...text('Manual', 'Manuellt') },
    ]),
  },
  Fail: {
    obey: (s, t, value) => failFor(of(s), t, value),
    text: { en: 'Fail for a while, for a named reason', sv: 'Gå i fel en stund, av angiven orsak' },
    hidden: true,
  },
});
