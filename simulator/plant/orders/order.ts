import { record, u32, u8 } from '#simulator/kernel/fields.ts';
import type { Text } from '#simulator/plant/signal.ts';

/** States of a job order: OPC 10031-4 (OPC UA for ISA-95, Job Control), 6.2.1.1. An order that is forgotten has none. */
export const OrderState = {
  None: 0,
  NotAllowedToStart: 1,
  AllowedToStart: 2,
  Running: 3,
  Interrupted: 4,
  Ended: 5,
  Aborted: 6,
} as const;

export const ORDER_STATES: Readonly<Record<number, Text>> = {
  0: { en: 'None', sv: 'Ingen' },
  1: { en: 'NotAllowedToStart', sv: 'Får inte starta (NotAllowedToStart)' },
  2: { en: 'AllowedToStart', sv: 'Får starta (AllowedToStart)' },
  3: { en: 'Running', sv: 'Pågår (Running)' },
  4: { en: 'Interrupted', sv: 'Avbruten tills vidare (Interrupted)' },
  5: { en: 'Ended', sv: 'Avslutad (Ended)' },
  6: { en: 'Aborted', sv: 'Avbruten (Aborted)' },
};

/** One job order. Times are seconds of plant time; the lowest priority number goes first. */
export class Order extends record({
  number: u32(),
  dueS: u32(),
  /** When it was allowed to start; until then, when it was stored. */
  releasedS: u32(),
  state: u8(),
  variant: u8(),
  /** Parts to start; what is scrapped is not made again. */
  quantity: u8(),
  priority: u8(),
  started: u8(),
  /** Good parts that left the line. */
  done: u8(),
  scrapped: u8(),
}) {
  get left(): number {
    return this.quantity - this.started;
  }

  get inPlant(): number {
    return this.started - this.done - this.scrapped;
  }

  /** The line may start a part of it now. */
  get isStartable(): boolean {
    const { state } = this;
    return (state === OrderState.AllowedToStart || state === OrderState.Running) && this.started < this.quantity;
  }

  get isLive(): boolean {
    return this.state !== OrderState.None && this.state < OrderState.Ended;
  }

  get isOver(): boolean {
    return this.state >= OrderState.Ended;
  }
}
