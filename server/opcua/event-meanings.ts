import { DataType } from 'node-opcua';
import type { Text } from '#contract/text.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import type { Occurrence } from '#server/cells/occurrence.ts';
import { Reason, REASONS } from '#simulator/plant/reasons.ts';
import { alarmEvent } from './alarm-event.ts';
import type { OwnTypeName } from './event-types.ts';
import { eventIdOf, type FieldValue, lineNodeId, type PlantEvent, string, words } from './plant-event.ts';
import { scalar } from './reading.ts';

interface Meaning {
  readonly type: OwnTypeName;
  readonly severity: number;
  readonly message: (place: string, value: number) => Text;
  readonly fields?: (value: number) => Record<string, FieldValue>;
}

const says =
  (en: string, sv: string): Meaning['message'] =>
  (place, value) => {
    const fill = (text: string): string => text.replace('{place}', place).replace('{value}', String(value));
    return words(fill(en), fill(sv));
  };
const uint = (value: number) => scalar(DataType.UInt32, value);
const serial = (value: number) => ({ Serial: uint(value) });
const rule = (value: number) => ({ RuleNumber: uint(value) });
const order = (state: string) => (value: number) => ({ OrderNumber: uint(value), OrderState: string(state) });

/** What happenings mean, by their name within the station. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  StateChanged: {
    type: 'StateChangedEventType',
    severity: 100,
    message: (place, value) => words(`${place}: ${REASONS[value].text.en}`, `${place}: ${REASONS[value].text.sv}`),
    fields: (value) => ({
      Reason: REASONS[value].text,
      PackMLState: scalar(DataType.Int32, REASONS[value].packml),
    }),
  },
  BrokeDown: {
    type: 'StationFailedEventType',
    severity: 700,
    message: says('{place} broke down with fault {value}', '{place} gick sönder med fel {value}'),
    fields: (value) => ({ FaultCode: uint(value) }),
  },
  PartDone: {
    type: 'PartFinishedEventType',
    severity: 100,
    message: says('{place} finished part {value}', '{place} blev klar med detalj {value}'),
    fields: serial,
  },
  PartLeft: {
    type: 'PartFinishedEventType',
    severity: 100,
    message: says('Part {value} left the line', 'Detalj {value} lämnade linan'),
    fields: serial,
  },
  PartScrapped: {
    type: 'PartRejectedEventType',
    severity: 400,
    message: says('{place} scrapped part {value}', '{place} kasserade detalj {value}'),
    fields: serial,
  },
  PartSentBack: {
    type: 'PartRejectedEventType',
    severity: 300,
    message: says('{place} sent part {value} back', '{place} skickade tillbaka detalj {value}'),
    fields: serial,
  },
  LeakFound: {
    type: 'PartRejectedEventType',
    severity: 400,
    message: says('{place} found a leak in part {value}', '{place} fann ett läckage i detalj {value}'),
    fields: serial,
  },
  WindowMissed: {
    type: 'PartRejectedEventType',
    severity: 400,
    message: says('Part {value} missed the window of {place}', 'Detalj {value} hamnade utanför fönstret i {place}'),
    fields: serial,
  },
  OrderReleased: {
    type: 'OrderStateChangedEventType',
    severity: 100,
    message: says('Order {value} is released', 'Order {value} är släppt'),
    fields: order('Released'),
  },
  OrderStarted: {
    type: 'OrderStateChangedEventType',
    severity: 100,
    message: says('Order {value} has started', 'Order {value} har startat'),
    fields: order('Started'),
  },
  OrderDone: {
    type: 'OrderStateChangedEventType',
    severity: 200,
    message: says('Order {value} is done', 'Order {value} är klar'),
    fields: order('Done'),
  },
  OrderAborted: {
    type: 'OrderStateChangedEventType',
    severity: 400,
    message: says('Order {value} is aborted', 'Order {value} är avbruten'),
    fields: order('Aborted'),
  },
  RuleFired: {
    type: 'RuleEventType',
    severity: 500,
    message: says('Rule {value} fired', 'Regel {value} löste ut'),
    fields: rule,
  },
  RuleCleared: {
    type: 'RuleEventType',
    severity: 200,
    message: says('Rule {value} cleared', 'Regel {value} återgick'),
    fields: rule,
  },
  RuleActed: {
    type: 'RuleEventType',
    severity: 300,
    message: says('Rule {value} acted', 'Regel {value} agerade'),
    fields: rule,
  },
  RulePublished: {
    type: 'RuleEventType',
    severity: 200,
    message: says('Rule {value} published', 'Regel {value} publicerade'),
    fields: rule,
  },
  RuleActionRefused: {
    type: 'RuleEventType',
    severity: 500,
    message: says('What rule {value} wanted was refused', 'Det som regel {value} ville avvisades'),
    fields: rule,
  },
};

const other = (name: string): Meaning => ({
  type: 'PlantEventType',
  severity: 200,
  message: says(`{place}: ${inWords(name)} {value}`, `{place}: ${inWords(name)} {value}`),
});

/** `SpareOrdered` as `spare ordered` */
const inWords = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

/** Tells that a command of the scenario was refused, which no door speaks of. */
const SECRET = 'Line.CommandRefused';

/** Which cell it is, so that ids are unique on the server. */
export type CellClock = Pick<LiveCell, 'id' | 'clock' | 'epochMs' | 'commandAt'>;

/**
 * What happened, as an event. `receivedMs` is when the server heard of it. Undefined for what concerns nobody.
 */
export function eventOf(cell: CellClock, lineId: string, one: Occurrence, receivedMs: number): PlantEvent | undefined {
  const { t, event, value, n, alarm } = one;
  if (event === SECRET) return undefined;
  if (alarm) return alarmEvent(cell, alarm, receivedMs);
  const dot = event.lastIndexOf('.');
  const [station, name] = [event.slice(0, dot), event.slice(dot + 1)];
  const known = MEANINGS[name];
  const meaning = known !== undefined && (name !== 'StateChanged' || value in REASONS) ? known : other(name);
  const isFailure = name === 'StateChanged' && value === Reason.Failed;
  return {
    type: meaning.type,
    eventId: eventIdOf(cell.id, cell.clock.run, t, event, value, n),
    source: lineNodeId(station === 'Line' ? lineId : station),
    sourceName: station,
    stations: [station],
    timeMs: cell.epochMs(t),
    receivedMs,
    severity: isFailure ? 600 : meaning.severity,
    message: meaning.message(station, value),
    fields: new Map<string, FieldValue>([
      ['Name', string(name)],
      ['Value', scalar(DataType.Int32, value | 0)],
      ...Object.entries(meaning.fields?.(value) ?? {}),
    ]),
  };
}
