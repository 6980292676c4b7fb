import { memo } from 'react';
import type { Layout } from '../scene/layout.ts';
import { type Plan, wayPath } from './plan.ts';

/** What never moves: belts, lanes and the footprints of stations. Drawn once. */
export const FloorLines = memo(function FloorLines({ layout, plan }: { readonly layout: Layout; readonly plan: Plan }) {
  const names = [...layout.ways.keys()];
  const lanes = names.filter((name) => !layout.belts.has(name));
  return (
    <>
      {lanes.map((name) => (
        <path key={name} className="schematic-lane" d={wayPath(name, layout, plan)} />
      ))}
      {lanes.map((name) => (
        <path key={name} className="schematic-lane-mark" d={wayPath(name, layout, plan)} />
      ))}
      {layout.stations.map(({ id, at, size = { w: 1.6, d: 1.4 } }) => {
        const { x, y } = plan.at(at.x, at.z);
        return (
          <rect
            key={id}
            className="schematic-footprint"
            x={-size.w * 50}
            y={-size.d * 50}
            width={size.w * 100}
            height={size.d * 100}
            rx={12}
            transform={`translate(${x} ${y}) rotate(${plan.angle(at.turn)})`}
          />
        );
      })}
      {[...layout.belts].map((name) => (
        <path key={name} className="schematic-belt-rail" d={wayPath(name, layout, plan)} />
      ))}
      {[...layout.belts].map((name) => (
        <path key={name} className="schematic-belt" d={wayPath(name, layout, plan)} />
      ))}
      {layout.stations.map(({ id, stop }) => {
        const pose = stop && layout.ways.get(stop.path)?.at(stop.s);
        if (!pose) return null;
        const { x, y } = plan.at(pose.x, pose.z);
        return <circle key={id} className="schematic-stop" cx={x} cy={y} r={34} />;
      })}
    </>
  );
});
