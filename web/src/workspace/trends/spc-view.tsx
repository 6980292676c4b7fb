import type { SignalView } from '#contract/cell-view.ts';
import type { Limits } from '#simulator/cell/spc.ts';
import { SPC_RULES, type SpcRule } from '#simulator/cell/spc-rules.ts';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { decimalsOf, plantDayTime, withUnit } from '../../i18n/format.ts';
import { useFamily } from '../../i18n/use-family.ts';
import { useWords } from '../../i18n/use-words.ts';
import * as family from '../../i18n/words/trends.ts';
import { useSession } from '../../live/use-session.ts';
import { type TimeWindow, rangeOf } from '../../live/use-tape.ts';
import { Facts } from '../captures/facts.tsx';
import { unitText } from '../signal-value.tsx';
import { useSelection } from '../selection.tsx';
import { chartHeight } from './chart-height.ts';
import { ChosenPointsBar, TooFewPoints, useChosenPoints } from './chosen-points.tsx';
import { FIRST, type SpcFound, spcOf } from './spc-chart.ts';
import { SpcPlot } from './spc-plot.tsx';
import { useTrendSetting } from './trend-link.ts';

const SIZES = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const RULE_SETS: Readonly<Record<string, readonly SpcRule[]>> = { limits: [1], four: [1, 2, 3, 4], all: SPC_RULES };

interface SpcViewProps {
  readonly signals: readonly SignalView[];
  readonly window: TimeWindow;
  readonly size: { readonly height: number };
}

/** A control chart of one of the shown signals, with the rules that it breaks in words. */
export function SpcView({ signals, window, size }: SpcViewProps) {
  const w = useFamily(family);
  const { n, say, language } = useWords();
  const { clock } = useSession();
  const chosen = useChosenPoints(signals, window);
  const { signal, points } = chosen;
  const [kind, setKind] = useTrendSetting<'xbar' | 'imr'>('spc', 'xbar');
  const [group, setGroup] = useTrendSetting('n', '5');
  const [baseline, setBaseline] = useTrendSetting('base', 'all');
  const [ruleSet, setRuleSet] = useTrendSetting('rules', 'all');
  const count = SIZES.find((each) => String(each) === group) ?? 5;
  const found = useMemo(
    () => spcOf(points, { kind, size: count, baseline, rules: RULE_SETS[ruleSet] ?? SPC_RULES }),
    [points, kind, count, baseline, ruleSet],
  );
  const decimals = Math.min(4, decimalsOf(signal.resolution) + 1);
  const amount = (value: number) => withUnit(n(value, decimals), unitText(signal));
  const limits = ({ lower, centre, upper }: Limits) =>
    withUnit([lower, centre, upper].map((value) => n(value, decimals)).join(' | '), unitText(signal));
  const shown = rangeOf(window, clock.epochMs(clock.nowUs()));
  const isStretch = baseline.includes('/');
  const height = chartHeight((size.height - 190) / 2, [130, 380], 0.26);
  return (
    <>
      <ChosenPointsBar chosen={chosen}>
        <label className="inline-field">
          <span>{w('trends.spcKind')}</span>
          <select className="input" value={kind} onChange={(event) => setKind(event.target.value as 'xbar')}>
            <option value="xbar">{w('trends.xbar')}</option>
            <option value="imr">{w('trends.imr')}</option>
          </select>
        </label>
        {kind === 'xbar' && (
          <label className="inline-field">
            <span>{w('trends.subgroup')}</span>
            <select className="input" value={count} onChange={(event) => setGroup(event.target.value)}>
              {SIZES.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="inline-field">
          <span>{w('trends.baseline')}</span>
          <select className="input" value={baseline} onChange={(event) => setBaseline(event.target.value)}>
            <option value="all">{w('trends.baseAll')}</option>
            {FIRST.map((first) => (
              <option key={first} value={`first${first}`}>
                {w('trends.baseFirst', { n: first })}
              </option>
            ))}
            {isStretch && <option value={baseline}>{w('trends.baseKept')}</option>}
          </select>
        </label>
        <Button
          className="btn sm"
          onPress={() =>
            setBaseline([shown.fromMs, shown.toMs].map((ms) => new Date(Math.round(ms)).toISOString()).join('/'))
          }
        >
          {w('trends.baseThis')}
        </Button>
        <label className="inline-field">
          <span>{w('trends.rules')}</span>
          <select className="input" value={ruleSet} onChange={(event) => setRuleSet(event.target.value)}>
            {Object.keys(RULE_SETS).map((name) => (
              <option key={name} value={name}>
                {w(`trends.rules.${name}` as 'trends.rules.all')}
              </option>
            ))}
          </select>
        </label>
      </ChosenPointsBar>
      {!found ? (
        <TooFewPoints chosen={chosen} />
      ) : (
        <>
          <SpcPlot {...{ found, kind, height }} name={`${signal.station} ${say(signal.text)}`} unit={signal.unit} />
          <Facts
            facts={[
              [w('trends.points'), w('trends.pointsOf', { n: n(points.length), groups: n(found.tMs.length) })],
              [
                w('trends.limitsFrom'),
                w('trends.limitsOf', {
                  n: n(found.basis.count),
                  from: plantDayTime(found.tMs[Math.max(0, found.basis.first)], language),
                }),
              ],
              [w(kind === 'xbar' ? 'trends.meanLimits' : 'trends.valueLimits'), limits(found.limits.location)],
              [w(kind === 'xbar' ? 'trends.rangeLimits' : 'trends.movingLimits'), limits(found.limits.spread)],
              [w('trends.sigmaWithin'), amount(found.limits.sigma)],
            ]}
          />
          <Violations {...{ found, kind, amount }} />
        </>
      )}
    </>
  );
}

interface ViolationsProps {
  readonly found: SpcFound;
  readonly kind: 'xbar' | 'imr';
  readonly amount: (value: number) => string;
}

const MOST = 40;

/** Which points break which rules. Choosing one looks at its moment in all of the workspace. */
function Violations({ found, kind, amount }: ViolationsProps) {
  const w = useFamily(family);
  const { language } = useWords();
  const { lookAt } = useSelection();
  const list = [
    ...found.ofLocation.map((one) => ({
      ...one,
      chart: kind === 'xbar' ? 'x̄' : 'I',
      value: found.location[one.place],
    })),
    ...found.ofSpread.map((one) => ({
      ...one,
      chart: kind === 'xbar' ? 'R' : 'MR',
      value: found.spread[one.place] ?? 0,
    })),
  ].sort((a, b) => a.place - b.place || a.rule - b.rule);
  if (list.length === 0) return <p role="status">{w('trends.inControl')}</p>;
  return (
    <div className="table-scroll" role="group" tabIndex={0} aria-label={w('trends.violations')}>
      <table className="plain-table">
        <caption>{w('trends.violations')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('trends.point')}</th>
            <th scope="col">{w('trends.time')}</th>
            <th scope="col" className="num">
              {w('trends.value')}
            </th>
            <th scope="col">{w('trends.rule')}</th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, MOST).map(({ chart, place, rule, value }) => (
            <tr key={`${chart}${place} ${rule}`}>
              <td>
                {chart} {place + 1}
              </td>
              <td>
                <Button className="btn sm ghost" onPress={() => lookAt(found.tMs[place])}>
                  {plantDayTime(found.tMs[place], language)}
                </Button>
              </td>
              <td className="num">{amount(value)}</td>
              <td>
                {rule}: {w(`trends.rule${rule}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.length > MOST && <p className="muted small">{w('trends.more', { n: list.length - MOST })}</p>}
    </div>
  );
}
