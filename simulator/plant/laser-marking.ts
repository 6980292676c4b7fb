import { noise } from '#simulator/kernel/closed-form.ts';
import { f64, u32 } from '#simulator/kernel/fields.ts';
import { normal, stream } from '#simulator/kernel/random.ts';
import { seconds } from '#simulator/kernel/time.ts';
import { loopStation } from './loop-station.ts';
import { quantity } from './parameters.ts';
import { profile } from './profile.ts';
import { fault } from './reasons.ts';
import { held, signal } from './signal.ts';
import { text } from './texts.ts';

const BEAM = profile([0, 0], [0.22, 0], [0.24, 1], [0.5, 0.96], [0.52, 0.7], [0.84, 0.74], [0.86, 0], [1, 0]);

/** Marks serial and data matrix, and reads the code back: grade 4 is the best (ISO/IEC 29158). */
export const laserMarking = loopStation('laser-marking', {
  faults: [
    fault(901, 'interlock', 'Laser interlock open', 'Laserförreglingen öppen', 2),
    fault(902, 'fume-extraction', 'Fume extraction too weak', 'Utsuget för svagt', 2),
  ],
  load: BEAM,
  fields: {
    power: quantity('%', {
      fallback: 82,
      min: 20,
      max: 100,
      shown: { path: 'Laser.PowerSetpoint', ...text('Wanted laser power', 'Önskad lasereffekt') },
    }),
    grade: f64(4),
    marked: u32(),
    codes: stream(),
    beamNoise: noise(seconds(0.5)),
    fanNoise: noise(seconds(3)),
  },
  completed(s) {
    s.marked += 1;
    const contrast = 3.62 - 0.0011 * (s.power - 82) * (s.power - 82);
    s.grade = Math.min(4, Math.max(0, contrast + 0.25 * normal(s.codes.next())));
  },
  signals: (s) => {
    const { cycle, drive } = s;
    return [
      signal(
        'Laser.Power',
        'W',
        (t) => 0.5 * s.power * BEAM.at(cycle.progress(t)) * drive.at(t) * (1 + 0.01 * s.beamNoise.smoothAt(t)),
        {
          ...text('Optical power of the laser', 'Laserns optiska effekt'),
          range: [0, 60],
          scanS: 0.5,
          resolution: 0.1,
        },
      ),
      signal('Laser.Temperature', 'Cel', (t) => cycle.control.temperatureC.at(t) + 0.05 * s.beamNoise.smoothAt(t), {
        ...text('Temperature of the laser source', 'Laserkällans temperatur'),
        range: [0, 80],
        scanS: 5,
        resolution: 0.1,
      }),
      signal('Exhaust.Flow', 'm3/h', (t) => (90 + 170 * drive.at(t)) * (1 + 0.01 * s.fanNoise.smoothAt(t)), {
        ...text('Flow of the fume extraction', 'Utsugets flöde'),
        range: [0, 400],
        resolution: 1,
      }),
      held('Code.Grade', '1', () => s.grade, {
        ...text('Grade of the last data matrix, 0 to 4', 'Betyg för senaste datamatris, 0 till 4'),
        type: 'Double',
        resolution: 0.1,
        range: [0, 4],
      }),
    ];
  },
});
