import type { Language } from '#contract/text.ts';
import { memo } from 'react';
import { Button } from 'react-aria-components';
import type { PlacedStation } from '../scene/layout.ts';
import { type SceneState, STATES } from '../scene/states.ts';
import { StateIcon } from '../ui/state-icon.tsx';

interface StationCardProps {
  readonly station: PlacedStation;
  /** Undefined while it is not known. */
  readonly state: SceneState | undefined;
  readonly language: Language;
  readonly isSelected: boolean;
  /** Centre, as shares of the plan's width and height. */
  readonly left: number;
  readonly top: number;
  readonly onSelect: (station: string) => void;
}

/**
 * A station on the plan: shape, colour and word of its state, its id, and its name where there is room. It renders when
 * one of these changes, not with everything else on the plan.
 */
export const StationCard = memo(function StationCard(props: StationCardProps) {
  const { station, state, language, isSelected, left, top, onSelect } = props;
  const word = state ? STATES[state].word[language] : '–';
  const title = station.title[language];
  return (
    <Button
      className={isSelected ? 'schematic-card is-selected' : 'schematic-card'}
      data-state={state}
      data-station={station.id}
      aria-label={`${station.id} ${title}, ${word}`}
      aria-pressed={isSelected}
      style={{ left: `${left * 100}%`, top: `${top * 100}%` }}
      onPress={() => onSelect(station.id)}
    >
      <span className="schematic-card-id">
        <StateIcon state={state} size={11} />
        {station.id}
      </span>
      <span className="schematic-card-title">{title}</span>
      <span className="schematic-card-word">{word}</span>
    </Button>
  );
});
