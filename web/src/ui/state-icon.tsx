import { memo } from 'react';
import { STATES, type SceneState } from '../scene/states.ts';

/** A state by shape and colour, nothing while it is not known; its word always stands beside it, or in the label of what holds it. */
export const StateIcon = memo(({ state, size = 12 }: { state: SceneState | undefined; size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
    {state &&
      STATES[state].glyph.map(({ d, fill, stroke, strokeWidth }) => (
        <path key={d} d={d} fill={fill} stroke={stroke} strokeWidth={strokeWidth} strokeLinejoin="round" />
      ))}
  </svg>
));
StateIcon.displayName = 'StateIcon';
