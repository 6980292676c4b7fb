import type { StationView } from '#contract/cell-view.ts';
import { useCallback, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { stateSignalOf } from '../../live/station-state.ts';
import { useDeed } from '../../live/use-ask.ts';
import { useReading, useSession } from '../../live/use-session.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CommandForm } from './command-form.tsx';
import { CommandOutcome } from './command-outcome.tsx';
import { type Order, fits, ordersOf } from './orders.ts';
import type { Value } from './typed-value.ts';
import { useCommands } from './use-commands.ts';

/** What the station can be told to do: what fits its state at hand, the rest, which it would refuse, one step away. */
export function Actions({ station }: { readonly station: StationView }) {
  const { t, say } = useWords();
  const session = useSession();
  const { send, outcome } = useCommands();
  const state = useReading(stateSignalOf(station.id))?.value;
  const [asking, setAsking] = useState<Order>();
  const give = useDeed(
    useCallback(({ command }: Order, value?: Value) => send(command.path, say(command.label), value), [send, say]),
  );
  /** At once, or after its value was asked for. */
  const choose = (order: Order) => {
    const isAsking = order.command.wants !== undefined && order.value === undefined;
    setAsking(isAsking ? order : undefined);
    if (!isAsking) void give.run(order, order.value);
  };
  const modes = session.findSignal(`${station.id}.State.Mode`)?.words;
  const orders = ordersOf(station, modes);
  if (orders.length === 0) return null;
  const atHand = orders.filter((order) => fits(order, state));
  const others = orders.filter((order) => !atHand.includes(order));

  function label({ command, mode }: Order): string {
    return mode ? t('inspector.mode', { mode: say(mode) }) : say(command.label);
  }
  return (
    <>
      <div className="row station-actions" role="group" aria-label={t('inspector.actions')}>
        {atHand.map((order) => (
          <Button key={order.key} className="btn sm" onPress={() => choose(order)}>
            {label(order)}
          </Button>
        ))}
        {others.length > 0 && (
          <MenuTrigger>
            <Button className="btn sm ghost">{t('inspector.more')}</Button>
            <Popover className="popover">
              <Menu
                className="menu"
                aria-label={t('inspector.actions')}
                onAction={(key) => {
                  const order = others.find((other) => other.key === key);
                  if (order) choose(order);
                }}
              >
                {others.map((order) => (
                  <MenuItem key={order.key} id={order.key} className="menu-item">
                    {label(order)}
                  </MenuItem>
                ))}
              </Menu>
            </Popover>
          </MenuTrigger>
        )}
      </div>
      {asking && (
        <CommandForm
          key={asking.key}
          command={asking.command}
          onGive={(value) => void give.run(asking, value)}
          onClose={() => setAsking(undefined)}
        />
      )}
      <CommandOutcome outcome={outcome} />
      <ProblemNote problem={give.problem} />
    </>
  );
}
