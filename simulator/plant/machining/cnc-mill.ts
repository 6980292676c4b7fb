import { timer } from '#simulator/kernel/calendar.ts';
import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u8 } from '#simulator/kernel/fields.ts';
import { event } from '#simulator/kernel/journal.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { failFor } from '#simulator/plant/control-commands.ts';
import { AMBIENT_C } from '#simulator/plant/control.ts';
import { distribution } from '#simulator/plant/distribution.ts';
import { loopStation } from '#simulator/plant/loop/loop-station.ts';
import { quantity } from '#simulator/plant/parameters.ts';
import { feature, Flag } from '#simulator/plant/parts/parts.ts';
import { variantAt } from '#simulator/plant/parts/variants.ts';
import { fault, Reason } from '#simulator/plant/reasons.ts';
import { held } from '#simulator/plant/signal.ts';
import { castingLink } from '#simulator/plant/store/lots.ts';
import { text } from '#simulator/plant/texts.ts';
import { bearing } from './bearing.ts';
import { axisSignals, CUT, CUTTING, PROGRAM_WORDS, programOf } from './cnc-program.ts';
import { coolant, coolantSignals } from './coolant.ts';
import { energyStateSignal } from './energy-state.ts';
import { millRecipes } from './mill-recipes.ts';
import { setUp } from './set-up.ts';
import { vibrationNoise } from './spindle-vibration.ts';
import { effortOf, spindleC, spindleCaptures, spindleSignals } from './spindle.ts';
import { tool, toolSignals } from './tool-life.ts';

/** Size of the finished bore for the pump bearing. */
const BORE_MM = 51.96;
/** Wear and heat at which a bore of the program comes out as wanted. */
const SET_WEAR_MM = 0.15;
const SET_HEAT_K = 14;
/** A bearing that is worn out widens the spread of the bores by this share. */
const FRICTION_SPREAD = 1.5;

/**
 * Mills and bores the housing. The tool wears by Taylor's law; wear, heat of the spindle and play of its bearing move the
 * bore. Speed and feed are read by the program when it begins a part.
 */
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
    recipes: millRecipes(),
    tool: tool(),
    setUp: setUp(),
    coolant: coolant(),
    bearing: bearing(),
    toolChangeTime: distribution(60),
    bore: feature('bore'),
    casting: castingLink(),
    /** Of the bore: set-point, standard deviation, and what a K of spindle heat and a mm of wear move it by. */
    offset: quantity('um', { fallback: 0, min: -100, max: 100 }),
    spread: quantity('um', { fallback: 3.2, max: 100 }),
    growth: quantity('um/K', { fallback: 0.12, max: 10 }),
    wearDrift: quantity('um/mm', { fallback: 18, max: 1000 }),
    /** A one-off special cause: how much it moves the next bore. */
    specialCause: quantity('um', { fallback: 0, min: -100, max: 100 }),
    isChanging: u8(),
    /** Of the part in hand: cutting speed in m/min, feed and hardness against the nominal ones. */
    speed: f64(150),
    pace: f64(1),
    hardness: f64(1),
    deviation: f64(),
    deviations: stream(),
    toolReady: timer(),
    toolChanged: event('ToolChanged'),
    loadNoise: noise(seconds(0.4)),
    heatNoise: noise(seconds(4)),
    ...vibrationNoise,
  },
  start: (s) => s.tool.begin(1),
  ready(s, part, t) {
    if (s.isChanging === 0 && s.tool.isWorn) changeTool(s, t);
    if (s.isChanging === 1) return Reason.ToolChange;
    return s.setUp.isFor(s.variant.of(part), t) ? Reason.Executing : Reason.Changeover;
  },
  workUs(s, part, drawnUs) {
    const variant = s.variant.of(part);
    s.speed = s.cuttingSpeed * s.recipes.speedOf(variant);
    s.pace = (s.feed / 100) * s.recipes.feedOf(variant);
    s.hardness = s.casting.hardnessOf(part);
    return Math.round((drawnUs * variantAt(variant).milling) / s.pace);
  },
  effort: (s) => effortOf(s),
  completed(s, part, t) {
    const { bearing, coolant, cycle, tool } = s;
    // A hard casting wears the tool more, and a dry cut up to twice as much.
    tool.cut(CUTTING * cycle.processUs, s.speed, s.pace, s.hardness * (2 - coolant.supply));
    coolant.used(cycle.processUs);
    bearing.turned(cycle.processUs, t);
    const drift = s.growth * (spindleC(s, t) - AMBIENT_C - SET_HEAT_K) + s.wearDrift * (tool.wearMm - SET_WEAR_MM);
    const spread = s.spread * (1 + FRICTION_SPREAD * bearing.friction);
    s.deviation = s.offset + s.specialCause + drift + spread * normal(s.deviations.next());
    s.specialCause = 0;
    s.bore.set(part, s.deviation);
  },
  on: {
    toolReady(s, t) {
      s.isChanging = 0;
      s.tool.begin(s.tool.number + 1);
      s.toolChanged.raise(t, s.tool.number);
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
    BreakTool: {
      obey(s, t, value) {
        failFor(s.cycle.control, t, { ...(value as object), reason: 'tool-breakage' });
        const part = s.loop.partOn(s.cycle.part);
        if (part !== 0) s.plant.parts.flag(part, Flag.Burred);
        s.tool.begin(s.tool.number + 1);
      },
      ...text('The tool breaks in the cut', 'Verktyget går av i ingrepp'),
      hidden: true,
    },
  },
  trace: ({ deviation, tool, variant }, part) => ({
    program: programOf(variant.of(part)),
    tool: tool.number,
    toolWear: tool.wearMm,
    boreDeviation: deviation,
    boreDiameter: BORE_MM + deviation / 1000,
  }),
  captures: spindleCaptures,
  signals: (s) => {
    const { cycle, drive } = s;
    return [
      ...spindleSignals(s),
      ...axisSignals((t) => cycle.progress(t)),
      ...coolantSignals(
        s.coolant,
        (t) => drive.at(t),
        (t) => AMBIENT_C + 0.28 * (cycle.control.temperatureC.at(t) - AMBIENT_C),
      ),
      held('Door.Closed', '1', () => (cycle.isWorking ? 1 : 0), {
        ...text('Door is closed', 'Dörren är stängd'),
        type: 'Boolean',
        range: [0, 1],
      }),
      energyStateSignal(cycle.control),
      held('Program.Number', '1', () => (cycle.part === 0 ? 0 : programOf(s.variant.of(s.loop.partOn(cycle.part)))), {
        ...text('Program in the control, by variant', 'Program i styrsystemet, per variant'),
        type: 'Int32',
        range: [0, 9999],
        words: PROGRAM_WORDS,
      }),
      ...s.setUp.signals(),
      ...toolSignals(s.tool, () => s.speed),
      held('Bore.Deviation', 'um', () => s.deviation, {
        ...text('Deviation of the last bore, measured by the probe', 'Senaste hålets avvikelse, mätt med prob'),
        type: 'Double',
        resolution: 0.1,
        range: [-200, 200],
      }),
      held('Bore.Diameter', 'mm', () => BORE_MM + s.deviation / 1000, {
        ...text('Diameter of the last bore, by the same probe', 'Senaste hålets diameter, med samma prob'),
        type: 'Double',
        resolution: 0.0001,
        range: [51.5, 52.5],
      }),
    ];
  },
});

interface Changing {
  isChanging: number;
  readonly toolChangeTime: { draw(): number };
  readonly toolReady: { at(t: number): void };
}

function changeTool(s: Changing, t: number): void {
  s.isChanging = 1;
  s.toolReady.at(t + s.toolChangeTime.draw());
}
