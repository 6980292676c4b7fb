import type { CellView, MotionSegment } from '#contract/cell-view.ts';
import type { ClockState } from '#contract/clock.ts';
import type { Language } from '#contract/text.ts';
import { type CSSProperties, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { createFrameLoop } from '../scene/frame-loop.ts';
import { layoutOf } from '../scene/layout.ts';
import { createPlayback } from '../scene/playback.ts';
import type { SceneState } from '../scene/states.ts';
import { FloorLines } from './floor-lines.tsx';
import { followedSignals, LiveMarks } from './live-marks.tsx';
import { createMoverLayer } from './mover-layer.ts';
import { cardPlace, planOf } from './plan.ts';
import './schematic.css';
import { StationCard } from './station-card.tsx';

/** Told what is new, as `CellScene` is, so that one feed serves both pictures. */
export interface SchematicHandle {
  setMotion(segments: readonly MotionSegment[]): void;
  setClock(clock: ClockState): void;
  setState(station: string, state: SceneState | undefined): void;
  /** Paths of the signals that the plan shows. */
  readonly watched: readonly string[];
  setSignal(path: string, value: number): void;
}

export interface SchematicProps {
  readonly view: CellView;
  readonly language: Language;
  readonly selected: string | null;
  readonly onSelect: (station: string) => void;
  /** The server's wall time, ms since 1970. */
  readonly serverMs?: () => number;
  readonly ref?: Ref<SchematicHandle>;
}

/** Steps of what moves, for everybody: a plan is read, not watched. */
const STEP_MS = 500;
const NARROW_PX = 640;

/** The line seen from above: the equal of the 3D scene, for keyboards, screen readers and browsers without WebGL. */
export function Schematic({ view, language, selected, onSelect, serverMs = Date.now, ref }: SchematicProps) {
  const host = useRef<HTMLDivElement>(null);
  const movers = useRef<SVGGElement>(null);
  const redraw = useRef<() => void>(() => undefined);
  const [playback] = useState(createPlayback);
  const [states, setStates] = useState<ReadonlyMap<string, SceneState | undefined>>(new Map());
  const [values, setValues] = useState<ReadonlyMap<string, number>>(new Map());
  const isNarrow = useIsNarrow(host);
  const layout = useMemo(() => layoutOf(view), [view]);
  const plan = useMemo(() => planOf(layout, isNarrow), [layout, isNarrow]);

  useImperativeHandle(
    ref,
    () => ({
      watched: followedSignals(layout),
      setSignal(path, value) {
        setValues((known) => (known.get(path) === value ? known : new Map(known).set(path, value)));
      },
      setMotion(segments) {
        playback.setMotion(segments, serverMs());
        redraw.current();
      },
      setClock(clock) {
        playback.setClock(clock);
        redraw.current();
      },
      setState(station, state) {
        setStates((known) => (known.get(station) === state ? known : new Map(known).set(station, state)));
      },
    }),
    [playback, serverMs, layout],
  );

  useEffect(() => {
    if (!host.current || !movers.current) return undefined;
    const layer = createMoverLayer(movers.current, layout, plan);
    const draw = () => layer.pose(playback.tracks, playback.timeUs(serverMs()) ?? 0);
    const next = () => playback.stillForMs(serverMs());
    const loop = createFrameLoop(host.current, { intervalMs: STEP_MS }, draw, next);
    redraw.current = loop.news;
    loop.invalidate();
    return () => {
      redraw.current = () => undefined;
      loop.dispose();
      layer.clear();
    };
  }, [layout, plan, playback, serverMs]);

  const ratio = { '--plan-ratio': plan.width / plan.height } as CSSProperties;
  return (
    <div ref={host} className="schematic">
      <div className="schematic-plan" style={ratio}>
        <svg viewBox={`0 0 ${plan.width} ${plan.height}`} aria-hidden="true">
          <rect className="schematic-slab" x={20} y={20} width={plan.width - 40} height={plan.height - 40} rx={60} />
          <FloorLines layout={layout} plan={plan} />
          <LiveMarks layout={layout} plan={plan} values={values} />
          <g ref={movers} />
        </svg>
        {layout.stations.map((station) => {
          const { x, z } = cardPlace(station, layout, plan);
          const at = plan.at(x, z);
          return (
            <StationCard
              key={station.id}
              station={station}
              state={states.get(station.id)}
              language={language}
              isSelected={selected === station.id}
              left={at.x / plan.width}
              top={at.y / plan.height}
              onSelect={onSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

function useIsNarrow(host: React.RefObject<HTMLDivElement | null>): boolean {
  const [isNarrow, setIsNarrow] = useState(false);
  useEffect(() => {
    if (!host.current) return undefined;
    const watcher = new ResizeObserver(([entry]) => setIsNarrow((entry?.contentRect.width ?? Infinity) < NARROW_PX));
    watcher.observe(host.current);
    return () => watcher.disconnect();
  }, [host]);
  return isNarrow;
}
