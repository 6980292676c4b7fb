import { ZONES_M } from '../scene/models/safety-zones.ts';
import type { Layout, PlacedStation } from '../scene/layout.ts';
import type { Plan } from './plan.ts';

/** Names within a station that the marks follow, by its type. */
const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  'robot-arm': ['Safety.Zone', 'Safety.Separation', 'Safety.PersonBearing', 'Door.Open'],
  assembly: ['Operator.Present', 'Andon.Active'],
};

export const followedSignals = ({ stations }: Layout): string[] =>
  stations.flatMap(({ id, type }) => (FOLLOWED[type] ?? []).map((name) => `${id}.${name}`));

interface LiveMarksProps {
  readonly layout: Layout;
  readonly plan: Plan;
  readonly values: ReadonlyMap<string, number>;
}

/** Persons, the zones that a scanner watches, open doors and andon: as in the scene, on the plan. */
export function LiveMarks({ layout, plan, values }: LiveMarksProps) {
  return layout.stations.map((station) => {
    const value = (name: string) => values.get(`${station.id}.${name}`);
    if (station.type === 'robot-arm') return <Robot key={station.id} {...{ station, plan, value, layout }} />;
    if (station.type === 'assembly') return <Bench key={station.id} {...{ station, plan, value, layout }} />;
    return null;
  });
}

interface StationProps {
  readonly station: PlacedStation;
  readonly layout: Layout;
  readonly plan: Plan;
  readonly value: (name: string) => number | undefined;
}

/** Reach of the arm, from which its zones count; further away than this a person is elsewhere in the hall. */
const REACH_M = 1.55;
const IN_SIGHT_M = 4.6;
/** Straight ahead as the scanner counts (degrees); bearings are drawn narrower, as in the scene. */
const AHEAD_DEG = 180;
const NARROWED = 0.4;
/** Nobody stands on the belt. */
const BEYOND_BELT_M = 0.61;

function Robot({ station, layout, plan, value }: StationProps) {
  const { at } = station;
  const here = plan.at(at.x, at.z);
  const stop = station.stop && layout.ways.get(station.stop.path)?.at(station.stop.s);
  const beltM = stop ? Math.hypot(stop.x - at.x, stop.z - at.z) : 0;
  const ahead = stop ? Math.atan2(stop.x - at.x, stop.z - at.z) : 0;
  const zone = Math.round(value('Safety.Zone') ?? 0);
  const separationM = value('Safety.Separation') ?? Infinity;
  const bearing = (((value('Safety.PersonBearing') ?? AHEAD_DEG) - AHEAD_DEG) * NARROWED * Math.PI) / 180;
  const away = Math.max(beltM + BEYOND_BELT_M, REACH_M + separationM);
  const person = plan.at(at.x + away * Math.sin(ahead + bearing), at.z + away * Math.cos(ahead + bearing));
  return (
    <>
      {ZONES_M.map((distance, k) => (
        <path
          key={distance}
          className="schematic-zone"
          data-entered={zone === ZONES_M.length - k || undefined}
          d={arc(plan, at, ahead, REACH_M + distance)}
        />
      ))}
      {separationM <= IN_SIGHT_M && <Person x={person.x} y={person.y} />}
      {value('Door.Open') === 1 && (
        <path className="schematic-lamp" d="M-70 0H-16M16 0H70" transform={`translate(${here.x} ${here.y - 130})`} />
      )}
    </>
  );
}

const BESIDE_M = 1.55;

function Bench({ station: { at }, plan, value }: StationProps) {
  const turn = (at.turn * Math.PI) / 180;
  // Beside its card, which would hide whoever stands at the middle of the bench.
  const front = plan.at(
    at.x + BESIDE_M * Math.cos(turn) + 0.5 * Math.sin(turn),
    at.z - BESIDE_M * Math.sin(turn) + 0.5 * Math.cos(turn),
  );
  const here = plan.at(at.x, at.z);
  return (
    <>
      {value('Operator.Present') === 1 && <Person x={front.x} y={front.y} />}
      {value('Andon.Active') === 1 && (
        <path className="schematic-lamp" d="M-80 0H80" transform={`translate(${here.x} ${here.y - 92})`} />
      )}
    </>
  );
}

/** A fence guards the half behind the robot, a scanner the one before it. */
const HALF = 0.54 * Math.PI;
const ARC_STEPS = 24;

function arc(plan: Plan, { x, z }: PlacedStation['at'], ahead: number, radius: number): string {
  const points = Array.from({ length: ARC_STEPS + 1 }, (_, k) => {
    const angle = ahead - HALF + (2 * HALF * k) / ARC_STEPS;
    const point = plan.at(x + radius * Math.sin(angle), z + radius * Math.cos(angle));
    return `${point.x.toFixed(0)} ${point.y.toFixed(0)}`;
  });
  return `M${points.join('L')}`;
}

/** Head and shoulders from above. */
function Person({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className="schematic-person" transform={`translate(${x} ${y})`}>
      <ellipse rx={34} ry={18} />
      <circle r={15} />
    </g>
  );
}
