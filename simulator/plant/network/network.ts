import { u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import type { Document } from '#simulator/plant/capture.ts';
import { type CommandArgument, named, oneOf } from '#simulator/plant/command-argument.ts';
import { held, signal } from '#simulator/plant/signal.ts';
import { type Self, stationType } from '#simulator/plant/station-type.ts';
import { text } from '#simulator/plant/texts.ts';
import { traffic } from './network-traffic.ts';
import { type Conduit, zoneIndex } from './network-zones.ts';

const NONE = 0;

const fields = {
  traffic: traffic(),
  changes: u32(),
  forbidden: u32(),
  /** The zones of the last forbidden flow, from 1. */
  lastFrom: u8(),
  lastTo: u8(),
  conduitAllowed: event('ConduitAllowed'),
  conduitDenied: event('ConduitDenied'),
  forbiddenFlow: event('ForbiddenFlow'),
};
type NetworkSelf = Self<typeof fields>;

const conduitOf = (s: NetworkSelf): CommandArgument =>
  oneOf('Conduit', 'The conduit', 'Kanalen', named(s.traffic.plan.conduits.map(({ name }) => name)));

/**
 * The network of the plant in zones and conduits after IEC 62443-3-2. What no allowed conduit carries is forbidden (ZCR
 * 5, deny by default) and is counted when it is seen. It is a picture of the network: the doors of the cell stay open.
 */
export const network = stationType('network', {
  fields,
  start: (s, t) => s.traffic.start(t),
  commands: {
    Allow: {
      obey: (s, t, value) => change(s, value, 1, t),
      wants: conduitOf,
      ...text('Allow a conduit, by name', 'Tillåt en kanal, med namn'),
    },
    Deny: {
      obey: (s, t, value) => change(s, value, 0, t),
      wants: conduitOf,
      ...text('Deny a conduit, by name', 'Stäng en kanal, med namn'),
    },
    SeeFlow: {
      obey: see,
      ...text('A flow between two zones is seen', 'Ett flöde mellan två zoner syns'),
      hidden: true,
    },
  },
  signals: (s) => {
    const { zones } = s.traffic.plan;
    const words = Object.fromEntries(
      ['none', ...zones.map(({ name }) => name)].map((name, k) => [k, { en: name, sv: k === 0 ? 'ingen' : name }]),
    );
    return [
      held('Conduits.Allowed', '1', () => s.traffic.sum((k) => s.traffic.isAllowed(k)), {
        ...text('Conduits that are allowed', 'Kanaler som är tillåtna'),
        range: [0, 32],
      }),
      held('Conduits.Changes', '1', () => s.changes, {
        ...text('Times a conduit was allowed or denied', 'Gånger en kanal har tillåtits eller stängts'),
        range: [0, 4e9],
      }),
      held('Traffic.Rate', '/s', () => s.traffic.sum((k) => s.traffic.rate(k)), {
        ...text('Messages a second through all conduits', 'Meddelanden per sekund genom alla kanaler'),
        type: 'Double',
        range: [0, 32e6],
        resolution: 0.01,
      }),
      signal('Traffic.Total', '1', (t) => s.traffic.sum((k) => s.traffic.carried(k, t)), {
        ...text('Messages since the start', 'Meddelanden sedan start'),
        range: [0, 1e15],
        scanS: 10,
        resolution: 1,
      }),
      held('Flows.Forbidden', '1', () => s.forbidden, {
        ...text('Flows seen that no allowed conduit carries', 'Sedda flöden som ingen tillåten kanal bär'),
        range: [0, 4e9],
      }),
      held('Flows.LastFrom', '1', () => s.lastFrom, {
        ...text('Zone that the last forbidden flow came from', 'Zon som det senaste otillåtna flödet kom från'),
        range: [0, zones.length],
        words,
      }),
      held('Flows.LastTo', '1', () => s.lastTo, {
        ...text('Zone that the last forbidden flow went to', 'Zon som det senaste otillåtna flödet gick till'),
        range: [0, zones.length],
        words,
      }),
    ];
  },
  captures: (s) => [
    {
      name: 'Flows',
      ...text('Zones, conduits and their flows', 'Zoner, kanaler och deras flöden'),
      take: (t) => flows(s, t),
    },
  ],
});

function change(s: NetworkSelf, value: unknown, wanted: number, t: number): void {
  const { conduits } = s.traffic.plan;
  if (typeof value !== 'string') {
    throw new Refusal(`${JSON.stringify(value)} is no name of a conduit.`, 'Give a text.', 'wrong_type');
  }
  const conduit = conduits.findIndex(({ name }) => name === value);
  if (conduit < 0) {
    const known = conduits.map(({ name }) => name);
    throw new Refusal(
      `There is no conduit ${JSON.stringify(value)}.${didYouMean(value, known)}`,
      `There are ${known.join(', ')}.`,
      'unknown_target',
    );
  }
  if (s.traffic.isAllowed(conduit) === wanted) {
    const state = wanted === 1 ? 'allowed' : 'denied';
    throw new Refusal(`${value} is ${state} already.`, `${wanted === 1 ? 'Deny' : 'Allow'} it to change that.`);
  }
  s.traffic.turn(conduit, t);
  s.changes += 1;
  (wanted === 1 ? s.conduitAllowed : s.conduitDenied).raise(t, conduit);
}

/** `{from, to, protocol, port}`, with names of zones: counted unless an allowed conduit carries it, or it stays in its zone. */
function see(s: NetworkSelf, t: number, value: unknown): void {
  const { zones, conduits } = s.traffic.plan;
  const { from, to, protocol, port } = (value ?? {}) as Record<string, unknown>;
  const [source, target] = [zoneIndex(from, zones), zoneIndex(to, zones)];
  if (typeof protocol !== 'string' || typeof port !== 'number') {
    throw new Refusal(`${JSON.stringify(value)} is no flow.`, 'Give {from, to, protocol, port}.', 'wrong_type');
  }
  const carries = (each: Conduit, k: number): boolean =>
    each.from === source &&
    each.to === target &&
    each.port === port &&
    each.protocol === protocol &&
    s.traffic.isAllowed(k) === 1;
  if (source === target || conduits.some(carries)) return;
  s.forbidden += 1;
  s.lastFrom = source + 1;
  s.lastTo = target + 1;
  s.forbiddenFlow.raise(t, s.forbidden);
}

const flows = (s: NetworkSelf, t: number): Document => ({
  kind: 'document',
  content: {
    zones: s.traffic.plan.zones,
    conduits: s.traffic.plan.conduits.map((each, k) => ({
      ...{ name: each.name, from: s.traffic.plan.zones[each.from].name, to: s.traffic.plan.zones[each.to].name },
      ...{ protocol: each.protocol, port: each.port, allowed: s.traffic.isAllowed(k) === 1 },
      perS: s.traffic.rate(k),
      messages: Math.floor(s.traffic.carried(k, t)),
    })),
    forbiddenFlows: s.forbidden,
    lastForbidden:
      s.lastFrom === NONE
        ? null
        : { from: s.traffic.plan.zones[s.lastFrom - 1].name, to: s.traffic.plan.zones[s.lastTo - 1].name },
  },
});
