import { timer } from '#simulator/kernel/calendar.ts';
import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds, SECOND } from '#simulator/kernel/time.ts';
import { AMBIENT_C } from './control.ts';
import { distribution } from './distribution.ts';
import { loopStation } from './loop-station.ts';
import { quantity } from './parameters.ts';
import { feature } from './parts.ts';
import { profile } from './profile.ts';
import { fault, Reason } from './reasons.ts';
import { type Signal, held, signal } from './signal.ts';
import { text } from './texts.ts';
import { taylorLifeS, wearPerPart } from './tool-life.ts';
import { VARIANT_WORDS, variantAt } from './variants.ts';

/** Rough milling, semi-finishing, boring, finishing; between them the axes travel without a chip. */
const CUT = profile(
  ...([
    [0, 0],
    [0.06, 0.1],
    [0.1, 0.92],
    [0.38, 1],
    [0.41, 0.12],
    [0.45, 0.14],
    [0.48, 0.66],
    [0.64, 0.7],
  ] as const),
  ...([
    [0.67, 0.1],
    [0.71, 0.12],
    [0.74, 0.48],
    [0.88, 0.42],
    [0.91, 0.08],
    [1, 0],
  ] as const),
);
/** Share of a cycle in which the tool cuts. */
const CUTTING = 0.7;
const TOOL_MM = 20;
const X = profile(
  [0, 0],
  [0.08, 120],
  [0.24, 310],
  [0.4, 120],
  [0.47, 215],
  [0.66, 215],
  [0.72, 140],
  [0.9, 290],
  [1, 0],
);
const Y = profile(
  [0, 0],
  [0.08, 60],
  [0.16, 180],
  [0.32, 60],
  [0.42, 130],
  [0.66, 130],
  [0.8, 190],
  [0.92, 70],
  [1, 0],
);
const Z = profile(
  [0, 0],
  [0.07, -180],
  [0.4, -182],
  [0.44, -60],
  [0.5, -210],
  [0.64, -235],
  [0.7, -60],
  [0.76, -190],
  [0.92, 0],
  [1, 0],
);

/** Mills and bores the housing. The tool wears by Taylor's law; wear and heat move the bore. */
export const cncMill = loopStation('cnc-mill', {
  faults: [
    fault(301, 'coolant-pressure', 'Coolant pressure low', 'Kylvätsketrycket lågt', 3),
    fault(302, 'spindle-drive', 'Spindle drive fault', 'Fel i spindeldriften', 1),
    fault(303, 'chip-jam', 'Chip conveyor jammed', 'Spåntransportören har fastnat', 3),
    fault(304, 'door-switch', 'Door switch not confirmed', 'Dörrbrytaren kvitterar inte', 2),
    fault(305, 'tool-breakage', 'Tool broken', 'Verktyget har gått av', 1),
  ],
  load: CUT,
  fields: {
    feed: quantity('%', {
      fallback: 100,
      min: 50,
      max: 120,
      shown: { path: 'Program.Feed', ...text('Feed override', 'Matningsöverstyrning') },
    }),
    cuttingSpeed: quantity('m/min', {
      fallback: 150,
      min: 80,
      max: 250,
      shown: { path: 'Program.CuttingSpeed', ...text('Cutting speed', 'Skärhastighet') },
    }),
    wearLimit: quantity('mm', {
      fallback: 0.3,
      min: 0.05,
      max: 0.6,
      shown: {
        path: 'Tool.WearLimit',
        ...text('Flank wear at which the tool is changed', 'Fasförslitning vid vilken verktyget byts'),
      },
    }),
    toolChangeTime: distribution(60),
    bore: feature('bore'),
    spread: quantity('um', { fallback: 3.2 }),
    growth: quantity('um/K', { fallback: 0.12 }),
    wear: f64(),
    tool: u32(1),
    isChanging: u8(),
    deviation: f64(),
    deviations: stream(),
    toolReady: timer(),
    toolChanged: event('ToolChanged'),
    loadNoise: noise(seconds(0.4)),
    vibrationNoise: noise(seconds(0.3)),
    heatNoise: noise(seconds(4)),
    flowNoise: noise(seconds(2)),
  },
  ready(s, _, t) {
    if (s.isChanging === 0 && s.wear >= s.wearLimit) changeTool(s, t);
    return s.isChanging === 1 ? Reason.ToolChange : Reason.Executing;
  },
  workUs: (s, part, drawnUs) => Math.round((drawnUs * variantAt(s.variant.of(part)).milling * 100) / s.feed),
  completed(s, part, t) {
    const cuttingS = (CUTTING * s.cycle.processUs) / SECOND;
    s.wear += wearPerPart(cuttingS, s.cuttingSpeed, s.feed / 100);
    const heatK = s.cycle.control.temperatureC.at(t) - AMBIENT_C;
    const drift = s.growth * (heatK - 14) + 18 * (s.wear - 0.15);
    s.deviation = drift + s.spread * normal(s.deviations.next());
    s.bore.set(part, s.deviation);
  },
  on: {
    toolReady(s, t) {
      s.isChanging = 0;
      s.wear = 0;
      s.tool += 1;
      s.toolChanged.raise(t, s.tool);
      s.cycle.retry(t);
    },
  },
  commands: {
    ChangeTool: {
      obey(s, t) {
        const { control } = s.cycle;
        if (control.reason === Reason.Executing || control.isDown || s.isChanging === 1) {
          const why =
            s.isChanging === 1 ? 'while it changes one' : control.isDown ? 'while it is down' : 'in state Execute';
          throw new Refusal(
            `${s.station.path} cannot change tools ${why}.`,
            'Hold the machine first: call Hold, wait for Held.',
          );
        }
        changeTool(s, t);
        if (control.isRunning) s.cycle.pause(Reason.ToolChange, t);
      },
      ...text('Change the tool', 'Byt verktyg'),
    },
  },
  signals: (s) => {
    const { cycle, drive } = s;
    const cut = (t: number) => CUT.at(cycle.progress(t)) * drive.at(t);
    const axis = (name: string, way: typeof X, low: number, high: number): Signal =>
      signal(`Axis.${name}`, 'mm', (t) => way.easedAt(cycle.progress(t)), {
        ...text(`Position of axis ${name}`, `Axel ${name}, läge`),
        range: [low, high],
        resolution: 0.001,
      });
    const load = (t: number) => (4 * drive.at(t) + cut(t) * (58 + 70 * s.wear)) * (1 + 0.02 * s.loadNoise.smoothAt(t));
    const rpm = (t: number) => ((s.cuttingSpeed * 1000) / (Math.PI * TOOL_MM)) * drive.at(t);
    return [
      signal('Spindle.Load', '%', load, {
        ...text('Load of the spindle drive', 'Spindelns belastning'),
        range: [0, 150],
        scanS: 0.5,
        resolution: 0.1,
      }),
      signal('Spindle.Speed', '/min', rpm, {
        ...text('Speed of the spindle', 'Spindelns varvtal'),
        range: [0, 6000],
        resolution: 1,
      }),
      signal('Spindle.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.05 * s.heatNoise.smoothAt(t), {
        ...text('Temperature of the front spindle bearing', 'Temperatur i främre spindellagret'),
        range: [0, 120],
        resolution: 0.01,
      }),
      signal(
        'Spindle.Vibration',
        'mm/s',
        (t) => (0.18 + drive.at(t) * 0.5 + cut(t) * (0.9 + 3 * s.wear)) * (1 + 0.08 * s.vibrationNoise.smoothAt(t)),
        {
          ...text('Vibration velocity of the spindle, RMS', 'Spindelns vibrationshastighet, RMS'),
          range: [0, 25],
          scanS: 0.5,
          resolution: 0.01,
        },
      ),
      axis('X', X, 0, 400),
      axis('Y', Y, 0, 250),
      axis('Z', Z, -300, 0),
      signal('Coolant.Flow', 'L/min', (t) => Math.max(0, 18 * drive.at(t) * (1 + 0.015 * s.flowNoise.smoothAt(t))), {
        ...text('Flow of coolant', 'Kylvätskeflöde'),
        range: [0, 40],
        resolution: 0.1,
      }),
      signal(
        'Coolant.Temperature',
        'Cel',
        (t) => AMBIENT_C + 0.28 * (cycle.control.temperatureC.at(t) - AMBIENT_C) + 0.05 * s.flowNoise.smoothAt(t),
        {
          ...text('Temperature of the coolant', 'Kylvätskans temperatur'),
          range: [0, 80],
          scanS: 5,
          resolution: 0.1,
        },
      ),
      held('Door.Closed', '1', () => (cycle.isWorking ? 1 : 0), {
        ...text('Door is closed', 'Dörren är stängd'),
        type: 'Boolean',
        range: [0, 1],
      }),
      held('Program.Number', '1', () => (cycle.part === 0 ? 0 : s.variant.of(s.loop.partOn(cycle.part)) + 1), {
        ...text('Program in the control, by variant', 'Program i styrsystemet, per variant'),
        type: 'Int32',
        range: [0, 9],
        words: VARIANT_WORDS,
      }),
      held('Tool.Number', '1', () => s.tool, {
        ...text('Tools used so far', 'Verktyg i ordningsföljd'),
        range: [0, 1e6],
      }),
      held('Tool.Wear', 'mm', () => s.wear, {
        ...text('Flank wear of the tool', 'Verktygets fasförslitning'),
        type: 'Double',
        range: [0, 1],
      }),
      held('Tool.Life', 'min', () => taylorLifeS(s.cuttingSpeed) / 60, {
        ...text(
          'Tool life at this cutting speed, by Taylor',
          'Verktygets livslängd vid denna skärhastighet, enligt Taylor',
        ),
        type: 'Double',
        resolution: 0.1,
        range: [0, 1000],
      }),
      held('Bore.Deviation', 'um', () => s.deviation, {
        ...text('Deviation of the last bore, measured by the probe', 'Senaste hålets avvikelse, mätt med prob'),
        type: 'Double',
        resolution: 0.1,
        range: [-100, 100],
      }),
    ];
  },
});

interface Mill {
  isChanging: number;
  readonly toolChangeTime: { draw(): number };
  readonly toolReady: { at(t: number): void };
}

function changeTool(s: Mill, t: number): void {
  s.isChanging = 1;
  s.toolReady.at(t + s.toolChangeTime.draw());
}
