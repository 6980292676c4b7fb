import { record } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { didYouMean } from '#simulator/kernel/nearest.ts';
import { about, Refusal } from '#simulator/kernel/refusal.ts';
import { HOUR, MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { plantField, type PlantSite } from '#simulator/plant/station.ts';
import { refuseContradictions, type SetAlarm } from './alarm-conflicts.ts';
import {
  type AlarmPlan,
  LONGEST_SHELF,
  MOST_ALARMS,
  readAlarms,
  refuseUnchangeable,
  settingsOf,
} from './alarm-plan.ts';
import { AlarmRates } from './alarm-rates.ts';
import { beyond } from './alarm-sight.ts';
import { AlarmWatches } from './alarm-watches.ts';
import { Alarm, AlarmState } from './alarm.ts';
import type { SignalReader } from './compile.ts';
import { shown } from './located.ts';
import { objectOf } from './rule.ts';
import { findSpanUs, SPAN_HINT } from './span.ts';

const USUAL_SHELF = '30 min';
/** Also MaxTimeShelved of OPC 10000-9. */
export const LONGEST_SHELF_US = 8 * HOUR;
const LONGEST_COMMENT = 200;

type Change =
  | 'raised'
  | 'returned'
  | 'acknowledged'
  | 'confirmed'
  | 'commented'
  | 'shelved'
  | 'unshelved'
  | 'suppressed'
  | 'unsuppressed'
  | 'enabled'
  | 'disabled'
  | 'configured'
  | 'reset'
  | 'created'
  | 'unsure'
  | 'sure';

const isOnRate = ({ kind }: Pick<AlarmPlan, 'kind'>): boolean => kind === 'rate-of-change';

/** The alarms of a cell. */
export class AlarmList extends record({
  raised: event('AlarmRaised'),
  returned: event('AlarmReturned'),
  acknowledged: event('AlarmAcknowledged'),
  shelved: event('AlarmShelved'),
  unshelved: event('AlarmUnshelved'),
  confirmed: event('AlarmConfirmed'),
  commented: event('AlarmCommented'),
  suppressed: event('AlarmSuppressed'),
  unsuppressed: event('AlarmUnsuppressed'),
  enabled: event('AlarmEnabled'),
  disabled: event('AlarmDisabled'),
  configured: event('AlarmConfigured'),
  reset: event('AlarmReset'),
  created: event('AlarmCreated'),
  removed: event('AlarmRemoved'),
  unsure: event('AlarmQualityBad'),
  sure: event('AlarmQualityGood'),
}) {
  /** A place for each: those of the definition, then those that are created while the cell runs. */
  readonly alarms: readonly Alarm[];
  readonly watches = new AlarmWatches();
  private readonly rates: AlarmRates;

  constructor(private readonly site: PlantSite) {
    super(site);
    const plans = readAlarms(site.settings.get('alarms'));
    this.alarms = Array.from(
      { length: MOST_ALARMS },
      (_, k) =>
        new Alarm(
          { ...site, path: `${site.path}.${plans[k]?.id ?? k + 1}` },
          plans[k],
          (source) => this.watches.madeBy(source).plan,
        ),
    );
    about(site.path, 'alarms', () => AlarmRates.refuseMany(plans.filter(isOnRate).length - 1));
    this.rates = new AlarmRates({ ...site, path: `${site.path}.rates` });
  }

  /** Finds the signals; throws a Refusal about the definition if there is none of that name. */
  connect(reader: SignalReader): void {
    const plans = this.alarms.flatMap((alarm) => (alarm.isOfDefinition ? alarm.plan : []));
    this.watches.connect(reader, plans, this.path);
  }

  /** Path of its station. */
  get path(): string {
    return this.site.station.path;
  }

  get isWatching(): boolean {
    return this.alarms.some(({ isEnabled }) => isEnabled);
  }

  /**
   * Looks at all alarms that are in service. Where the signal has no usable value an alarm stays as it is and says so
   * (OPC 10000-9, 5.5.2: Quality); its delays begin anew afterwards.
   */
  look(t: number, everyUs: number): void {
    this.watches.beginRound();
    for (let k = 0; k < this.alarms.length; k++) {
      const alarm = this.alarms[k];
      if (alarm.isEnabled) this.lookAt(k, alarm, t, everyUs);
    }
  }

  private lookAt(k: number, alarm: Alarm, t: number, everyUs: number): void {
    const { plan, sight } = this.watches.of(k, alarm.source);
    const { signal, setpointAt, isSuppressedAt, isPlain } = sight;
    const isRate = isOnRate(plan);
    if (isPlain && signal.isHeld && !isRate && signal.changedUs() < alarm.calmUs) return;
    const sample = signal.sampleAt(t);
    const value = isRate ? this.rates.take(k, sample, everyUs) : sample;
    const excess = beyond(plan.kind, alarm.limit, value, setpointAt(t));
    const before = alarm.state;
    const isUnsure = Number.isNaN(sample) || (Number.isNaN(excess) && !isRate) ? 1 : 0;
    if (isUnsure !== alarm.isUnsure) {
      alarm.isUnsure = isUnsure;
      this.tell(isUnsure === 1 ? 'unsure' : 'sure', k, t);
    }
    const change = alarm.look(excess, isSuppressedAt(t), t);
    const after = alarm.state;
    if (before === AlarmState.Shelved && after !== before) this.tell('unshelved', k, t);
    if (before === AlarmState.Suppressed && after !== before) this.tell('unsuppressed', k, t);
    if (after === AlarmState.Suppressed && after !== before) this.tell('suppressed', k, t);
    if (change !== undefined) this.tell(change, k, t);
  }

  /** `{alarm, signal, kind, limit, ...}`: an alarm of the participant's own. */
  create(value: unknown, t: number): void {
    const watch = this.watches.understand(value);
    const { plan, sight } = watch;
    const place = this.alarms.findIndex(({ isThere }) => !isThere);
    if (place < 0) {
      const hint = 'Remove one that was created, or change one by Configure.';
      throw new Refusal(`There are ${MOST_ALARMS} alarms already.`, hint);
    }
    if (this.findPlace(plan.id) >= 0) {
      throw new Refusal(`There is an alarm ${plan.id} already.`, 'Give another name, or change it by Configure.');
    }
    if (isOnRate(plan)) AlarmRates.refuseMany(this.settled().filter(isOnRate).length);
    refuseContradictions(plan, sight.signal, this.settled());
    this.alarms[place].create(this.watches.commands.present, plan);
    this.rates.forget(place);
    this.watches.whileMaking(watch, () => this.tell('created', place, t));
  }

  /** The name of an alarm that was created. */
  remove(value: unknown, t: number): void {
    const { place } = this.understand(value);
    const alarm = this.alarms[place];
    if (alarm.isOfDefinition) {
      throw new Refusal(`${alarm.plan.id} is one of the line and stays.`, 'Switch it off by Configure.', 'not_allowed');
    }
    alarm.remove();
    this.rates.forget(place);
    this.removed.raise(t, place + 1);
  }

  /** The name of an alarm that latches and whose signal has come back, or `{alarm, comment}`. */
  letGo(value: unknown, t: number): void {
    const { place, comment } = this.understand(value);
    this.alarms[place].reset();
    this.tell('reset', place, t, comment);
  }

  /** The name of an alarm, or `{alarm, comment}`. */
  acknowledge(value: unknown, t: number): void {
    const { place, comment } = this.understand(value);
    this.alarms[place].acknowledge();
    this.tell('acknowledged', place, t, comment);
  }

  /** Says that what the alarm called for is done. The name of an alarm, or `{alarm, comment}`. */
  confirm(value: unknown, t: number): void {
    const { place, comment } = this.understand(value);
    this.alarms[place].confirm();
    this.tell('confirmed', place, t, comment);
  }

  /** `{alarm, comment}`. */
  comment(value: unknown, t: number): void {
    const { place, comment } = this.understand(value);
    if (comment === undefined) {
      throw new Refusal('There is no comment.', 'Give one such as {"alarm":"SpindleHot","comment":"Bearing ordered"}.');
    }
    this.tell('commented', place, t, comment);
  }

  /** `{alarm, for, once, comment}`, or the name alone. Once: until the signal was beyond the limit and came back. */
  shelve(value: unknown, t: number): void {
    const { place, comment, given } = this.understand(value);
    const { for: length = given.once === true ? LONGEST_SHELF : USUAL_SHELF } = given;
    const us = findSpanUs(length);
    const { maxShelfUs } = this.alarms[place];
    if (us === undefined || us < SECOND || us > maxShelfUs) {
      const most = maxShelfUs === LONGEST_SHELF_US ? LONGEST_SHELF : `${maxShelfUs / MINUTE} min`;
      const hint = `${SPAN_HINT} At most ${most}.`;
      throw new Refusal(`An alarm cannot be shelved for ${shown(length)}.`, hint, 'out_of_range');
    }
    this.alarms[place].shelve(t + us, given.once === true);
    this.tell('shelved', place, t, comment);
  }

  /** The name of an alarm, or `{alarm, comment}`. */
  unshelve(value: unknown, t: number): void {
    const { place, comment } = this.understand(value);
    this.alarms[place].unshelve();
    this.tell('unshelved', place, t, comment);
  }

  /** `{alarm, ...}` with the settings that change. */
  configure(value: unknown, t: number): void {
    const { alarm: id, comment, ...change } = objectOf(value, '{"alarm":"SpindleHot","limit":70,"enabled":true}');
    const place = this.placeOf(id);
    const alarm = this.alarms[place];
    refuseUnchangeable(alarm.plan.id, change);
    const wasEnabled = alarm.isEnabled;
    const settings = settingsOf(alarm.plan.id, change, alarm.settings);
    const { signal } = this.watches.of(place, alarm.source).sight;
    refuseContradictions({ ...alarm.plan, ...settings }, signal, this.settled());
    alarm.set(settings);
    if (!wasEnabled) this.rates.forget(place);
    if (wasEnabled === alarm.isEnabled) this.tell('configured', place, t, commentOf(comment));
    else this.tell(alarm.isEnabled ? 'enabled' : 'disabled', place, t, commentOf(comment));
  }

  private findPlace(id: unknown): number {
    return this.alarms.findIndex((alarm) => alarm.isThere && alarm.plan.id === id);
  }

  /** All that are there, with their present settings. */
  private settled(): SetAlarm[] {
    return this.alarms.flatMap((alarm) => (alarm.isThere ? { ...alarm.plan, ...alarm.settings } : []));
  }

  private tell(what: Change, place: number, t: number, comment?: string): void {
    this.alarms[place].note(t, comment !== undefined);
    this[what].raise(t, place + 1);
  }

  private understand(value: unknown) {
    const isName = typeof value === 'string' && !value.startsWith('{');
    const given = isName ? { alarm: value } : objectOf(value, '{"alarm":"SpindleHot","comment":"Bearing ordered"}');
    const { alarm, comment } = given;
    return {
      place: this.placeOf(alarm),
      comment: commentOf(comment),
      given: given,
    };
  }

  private placeOf(id: unknown): number {
    const place = this.findPlace(id);
    if (place >= 0) return place;
    const known = this.alarms.flatMap((alarm) => (alarm.isThere ? alarm.plan.id : []));
    const message = `There is no alarm ${shown(id)}.${didYouMean(String(id), known)}`;
    throw new Refusal(message, `There are ${known.join(', ')}.`, 'unknown_target');
  }
}

/** An empty comment takes the one before away. */
function commentOf(comment: unknown): string | undefined {
  if (comment === undefined || (typeof comment === 'string' && comment.length <= LONGEST_COMMENT)) return comment;
  throw new Refusal(
    `${shown(comment)} is no comment.`,
    `Give a text of at most ${LONGEST_COMMENT} characters.`,
    'wrong_type',
  );
}

export const alarmList = () => plantField((site) => new AlarmList(site));
