import { useCallback } from 'react';
import { useSession } from '../live/use-session.ts';
import { useSelection } from './selection.tsx';

/** Selects the next or previous station, round and round. */
export function useStationSteps(): (step: 1 | -1) => void {
  const session = useSession();
  const { station, selectStation } = useSelection();
  return useCallback(
    (step) => {
      const stations = session.stationsWithState;
      const here = stations.findIndex(({ id }) => id === station);
      const next = stations[(here + step + stations.length) % stations.length];
      if (next) selectStation(next.id);
    },
    [session, station, selectStation],
  );
}
