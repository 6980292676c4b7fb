import type { CommandView, StationView } from '#contract/cell-view.ts';
import type { Text } from '#contract/text.ts';

/** A command with all that it needs. */
export interface Order {
  readonly key: string;
  readonly command: CommandView;
  readonly value?: number;
  /** The unit mode that it sets. */
  readonly mode?: Text;
}

/** PackML state numbers in which a unit takes each command (ISA-TR88.00.02). */
const TAKEN_IN: Readonly<Record<string, readonly number[]>> = {
  Hold: [5, 6],
  Unhold: [11],
  Stop: [4, 5, 6, 11],
  Reset: [2],
  Start: [4],
  Abort: [],
  Clear: [9],
  SetMode: [],
};

/** Everything that a station can be told; a command that sets the unit mode once for each mode. */
export function ordersOf(station: StationView, modes: Readonly<Record<string, Text>> | undefined): readonly Order[] {
  return station.commands.flatMap((command): Order[] => {
    if (!command.path.endsWith('.SetMode')) return [{ key: command.path, command }];
    return Object.entries(modes ?? {}).map(([value, mode]) => {
      return { key: `${command.path} ${value}`, command, value: Number(value), mode };
    });
  });
}

/** Whether a station in that state takes the order. What is not of PackML is a station's own and always at hand. */
export function fits({ command }: Order, state: number | undefined): boolean {
  const taken = TAKEN_IN[command.path.slice(command.path.lastIndexOf('.') + 1)];
  return taken === undefined || (state !== undefined && taken.includes(state));
}
