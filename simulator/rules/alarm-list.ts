import { record } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { about, Refusal } from '#simulator/kernel/refusal.ts';
import { SECOND } from '#simulator/kernel/time.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { type AlarmPlan, PRIORITIES, readAlarms, refuseUnchangeable, settingsOf } from './alarm-plan.ts';
import { Alarm, AlarmState } from './alarm.ts';
import { Compiler, type ReadableSignal, type SignalReader } from './compile.ts';
import { shown } from './located.ts';
import { objectOf } from './rule.ts';
import { findSpanUs, SPAN_HINT } from './span.ts';

const USUAL_SHELF = '30 min';
const LONGEST_SHELF = '8 h';

/** What an alarm looks at, once all signals are there. */
interface Sight {
  readonly signal: ReadableSignal;
  readonly setpointAt: (t: number) => number;
  readonly isSuppressedAt: (t: number) => boolean;
}

/** The alarms of a cell. */
export class AlarmList extends record({
  raised: event('AlarmRaised'),
  returned: event('AlarmReturned'),
  acknowledged: event('AlarmAcknowledged'),
  shelved: event('AlarmShelved'),
  unshelved: event('AlarmUnshelved'),
}) {
  readonly alarms: readonly Alarm[];
  private sights: readonly Sight[] = [];

  constructor(private readonly site: PlantSite) {
    super(site);
    const plans = readAlarms(site.settings.get('alarms'));
    this.alarms = plans.map((plan) => new Alarm({ ...site, path: `${site.path}.${plan.id}` }, plan));
  }

  /** Finds the signals; throws a Refusal about the definition if there is none of that name. */
  connect(reader: SignalReader): void {
    const { path } = this.site.station;
    this.sights = about(path, 'alarms', () => this.alarms.map(({ plan }) => sightOf(plan, reader)));
  }

  get isWatching(): boolean {
    return this.alarms.some(({ isEnabled }) => isEnabled);
  }

  /** Looks at all alarms that are in service. */
  look(t: number): void {
    for (let k = 0; k < this.alarms.length; k++) {
      const alarm = this.alarms[k];
      if (!alarm.isEnabled) continue;
      const { signal, setpointAt, isSuppressedAt } = this.sights[k];
      const excess = beyond(alarm, signal.sampleAt(t), setpointAt(t));
      const wasShelved = alarm.state === AlarmState.Shelved;
      const change = alarm.look(excess, isSuppressedAt(t), t);
      if (wasShelved && alarm.state !== AlarmState.Shelved) this.unshelved.raise(t, k + 1);
      if (change !== undefined) this[change].raise(t, k + 1);
    }
  }

  acknowledge(id: unknown, t: number): void {
    const place = this.placeOf(id);
    this.alarms[place].acknowledge();
    this.acknowledged.raise(t, place + 1);
  }

  /** `{alarm, for}`, or the name alone. */
  shelve(value: unknown, t: number): void {
    const isName = typeof value === 'string' && !value.startsWith('{');
    const example = '{"alarm":"SpindleHot","for":"30 min"}';
    const { alarm, for: length = USUAL_SHELF } = isName ? { alarm: value } : objectOf(value, example);
    const place = this.placeOf(alarm);
    const us = findSpanUs(length);
    if (us === undefined || us < SECOND || us > findSpanUs(LONGEST_SHELF)!) {
      const hint = `${SPAN_HINT} At most ${LONGEST_SHELF}.`;
      throw new Refusal(`An alarm cannot be shelved for ${shown(length)}.`, hint, 'out_of_range');
    }
    this.alarms[place].shelve(t + us);
    this.shelved.raise(t, place + 1);
  }

  unshelve(id: unknown, t: number): void {
    const place = this.placeOf(id);
    this.alarms[place].unshelve();
    this.unshelved.raise(t, place + 1);
  }

  /** `{alarm, ...}` with the settings that change. */
  configure(value: unknown): void {
    const { alarm: id, ...change } = objectOf(value, '{"alarm":"SpindleHot","limit":70,"enabled":true}');
    const alarm = this.alarms[this.placeOf(id)];
    refuseUnchangeable(alarm.plan.id, change);
    alarm.set(settingsOf(alarm.plan.id, change, alarm.settings));
  }

  /** All that is known of the alarms; lengths of time in seconds of plant time. */
  describe(): Record<string, unknown>[] {
    return this.alarms.map((alarm, k) => {
      const { plan, state, shelvedUntilUs } = alarm;
      const { limit, deadband, onDelayUs, offDelayUs, priority, enabled } = alarm.settings;
      return {
        ...{ number: k + 1, id: plan.id, signal: plan.signal, kind: plan.kind, state, enabled, limit, deadband },
        ...{ onDelayS: onDelayUs / SECOND, offDelayS: offDelayUs / SECOND, priority: PRIORITIES[priority] },
        ...{ class: plan.class, consequence: plan.consequence, raised: alarm.raised },
        ...(plan.setpoint !== undefined && { setpoint: plan.setpoint }),
        ...(plan.suppressedIf !== undefined && { suppressedIf: plan.suppressedIf }),
        ...(shelvedUntilUs > 0 && { shelvedUntilS: shelvedUntilUs / SECOND }),
      };
    });
  }

  private placeOf(id: unknown): number {
    const place = this.alarms.findIndex(({ plan }) => plan.id === id);
    if (place >= 0) return place;
    const known = this.alarms.map(({ plan }) => plan.id);
    const message = `There is no alarm ${shown(id)}.${didYouMean(String(id), known)}`;
    throw new Refusal(message, `There are ${known.join(', ')}.`, 'unknown_target');
  }
}

function sightOf({ id, signal, setpoint, suppressedIf }: AlarmPlan, reader: SignalReader): Sight {
  const find = (path: string): ReadableSignal => {
    const found = reader.find(path);
    if (found !== undefined) return found;
    const close = didYouMean(path, reader.paths);
    throw new Refusal(
      `${id} is of ${path}, which is no signal.${close}`,
      'A signal is Station.Name.',
      'unknown_target',
    );
  };
  const aim = typeof setpoint === 'string' ? find(setpoint) : undefined;
  return {
    signal: find(signal),
    setpointAt: (t) => aim?.sampleAt(t) ?? Number(setpoint ?? 0),
    isSuppressedAt: suppressedIf === undefined ? () => false : conditionOf(suppressedIf, reader),
  };
}

/** A condition without windows. What is unknown suppresses nothing. */
function conditionOf(text: string, reader: SignalReader): Sight['isSuppressedAt'] {
  const compiler = new Compiler(reader, SECOND);
  const holds = compiler.compile(text, 'suppressedIf', 'condition');
  const { signals, windows, samples } = compiler;
  if (windows.length > 0) throw new Refusal(`"${text}" has a window.`, 'Use the newest values only.', 'not_allowed');
  return (t) => {
    for (let k = 0; k < signals.length; k++) samples[k] = signals[k].sampleAt(t);
    return holds() === 1;
  };
}

/** How far a value is beyond the limit: above 0 it is. */
function beyond({ plan: { kind }, limit }: Alarm, value: number, setpoint: number): number {
  switch (kind) {
    case 'high':
    case 'high-high':
      return value - limit;
    case 'low':
    case 'low-low':
      return limit - value;
    case 'deviation':
      return Math.abs(value - setpoint) - limit;
    default:
      return Number.isNaN(value) ? NaN : value === limit ? -Infinity : 1;
  }
}

export const alarmList = () => plantField((site) => new AlarmList(site));
