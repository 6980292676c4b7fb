import { duration, percent } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import type { StationState } from '../../live/station-state.ts';
import { useSession } from '../../live/use-session.ts';
import { STATES } from '../../scene/states.ts';
import type { Entry } from './ledger.ts';

export const STATE_NAMES = Object.keys(STATES) as StationState[];

interface StateDurationsProps {
  readonly ids: readonly string[];
  readonly lanes: readonly (readonly Entry[])[];
}

/** How long each station was in each state, and which share of the window that is. */
export function StateDurations({ ids, lanes }: StateDurationsProps) {
  const w = useFamily(family);
  const { say, language } = useWords();
  const session = useSession();
  return (
    <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.durations')}>
      <table className="plain-table stacked durations">
        <caption>{w('trends.durations')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('trends.station')}</th>
            {STATE_NAMES.map((state) => (
              <th key={state} scope="col" className="num">
                {say(STATES[state].word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id, k) => {
            const total = lanes[k]?.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) ?? 0;
            return (
              <tr key={id}>
                <th scope="row">
                  {id} {say(session.findStation(id)!.title)}
                </th>
                {STATE_NAMES.map((state) => {
                  const ms = (lanes[k] ?? []).reduce(
                    (sum, each) => sum + (each.state === state ? each.toMs - each.fromMs : 0),
                    0,
                  );
                  return (
                    <td key={state} className="num" data-head={say(STATES[state].word)}>
                      {ms === 0 ? (
                        '–'
                      ) : (
                        <>
                          {duration(Math.round(ms / 1000), language)} <small>{percent(ms / total, language)}</small>
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
