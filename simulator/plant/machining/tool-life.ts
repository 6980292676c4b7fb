import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, field, type ObjectField, record, u32 } from '#simulator/kernel/fields.ts';
import { exp } from '#simulator/kernel/math.ts';
import { MINUTE, SECOND } from '#simulator/kernel/time.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { held, type Signal } from '#simulator/plant/signal.ts';
import { text } from '#simulator/plant/texts.ts';

/** Taylor: V T^n = C, with n = 0.25 and C = 300 (V in m/min, T in min). */
const C = 300;
/** Flank wear at the end of a tool's life in mm (ISO 8688-2). */
const LIFE_WEAR_MM = 0.3;

/** Seconds of cutting until the end of a tool's life. 1/n = 4, so no power function is needed. */
export function taylorLifeS(cuttingSpeedMPerMin: number): number {
  const ratio = C / cuttingSpeedMPerMin;
  return 60 * ratio * ratio * ratio * ratio;
}

/** Flank wear in mm of one part: proportional to its cutting time, and to the square of the feed (1 is nominal). */
const wearPerPart = (cuttingS: number, cuttingSpeedMPerMin: number, feed: number): number =>
  (LIFE_WEAR_MM * feed * feed * cuttingS) / taylorLifeS(cuttingSpeedMPerMin);

/** The tool in the spindle. Each has a quality of its own: lives scatter log-normally around Taylor's law. */
export class Tool extends record({
  wearLimit: quantity('mm', {
    fallback: LIFE_WEAR_MM,
    min: 0.05,
    max: 0.6,
    shown: {
      path: 'Tool.WearLimit',
      ...text('Flank wear at which the tool is changed', 'Fasförslitning vid vilken verktyget byts'),
    },
  }),
  /** Standard deviation of the logarithm of a tool's life. */
  lifeScatter: quantity('1', { fallback: 0.15, max: 1 }),
  /** How many times as fast as it should the tool wears. */
  wearFactor: quantity('1', { fallback: 1, min: 0.1, max: 50 }),
  number: u32(1),
  wearMm: f64(),
  cutUs: f64(),
  /** Life of this tool against Taylor's law. */
  quality: f64(1),
  luck: noise(1),
}) {
  get isWorn(): boolean {
    return this.wearMm >= this.wearLimit;
  }

  /** Before the first part, and after each change: another tool, with its luck. */
  begin(number: number): void {
    this.number = number;
    this.wearMm = 0;
    this.cutUs = 0;
    this.quality = exp(this.lifeScatter * this.luck.at(number));
  }

  /** It has cut for so long. `harshness` is 1 in a nominal casting with enough coolant, and multiplies the wear. */
  cut(us: number, cuttingSpeedMPerMin: number, feed: number, harshness: number): void {
    this.cutUs += us;
    this.wearMm += (harshness * this.wearFactor * wearPerPart(us / SECOND, cuttingSpeedMPerMin, feed)) / this.quality;
  }
}

export const tool = (): ObjectField<Tool> => field((site) => new Tool(site));

export const toolSignals = (tool: Tool, cuttingSpeed: () => number): Signal[] => [
  held('Tool.Number', '1', () => tool.number, {
    ...text('Tools used so far', 'Verktyg i ordningsföljd'),
    range: [0, 1e6],
  }),
  held('Tool.Wear', 'mm', () => tool.wearMm, {
    ...text('Flank wear of the tool', 'Verktygets fasförslitning'),
    type: 'Double',
    range: [0, 1],
  }),
  held('Tool.CuttingTime', 'min', () => tool.cutUs / MINUTE, {
    ...text('Time that this tool has been in the cut', 'Tid som verktyget har varit i ingrepp'),
    type: 'Double',
    resolution: 0.01,
    range: [0, 1e5],
  }),
  held('Tool.Life', 'min', () => taylorLifeS(cuttingSpeed()) / 60, {
    ...text(
      'Tool life at this cutting speed, by Taylor',
      'Verktygets livslängd vid denna skärhastighet, enligt Taylor',
    ),
    type: 'Double',
    resolution: 0.1,
    range: [0, 1000],
  }),
];
