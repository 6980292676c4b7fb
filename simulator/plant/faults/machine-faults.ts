import { text } from '#simulator/plant/texts.ts';
import { anything, type FaultKind, number, set, word } from './fault-kind.ts';

const bearing = (id: string, race: string, en: string, sv: string): FaultKind => ({
  id,
  ...text(en, sv),
  stations: ['cnc-mill'],
  parameters: {
    damage: number('1', [0.001, 1], 'Damage to begin with; 1 is worn out', 'Skada att börja med; 1 är utslitet', 0.3),
    growth: number('/h', [0, 10], 'Growth while it turns', 'Tillväxt medan det roterar', 0.05),
  },
  begins: ({ damage, growth }, of) => set(of, { [race]: damage, damageGrowth: growth }),
});

const printer = number('1', [1, 3], 'Which printer', 'Vilken skrivare', 1);

/** Faults of machines and people, and what the process does by itself. */
export const machineFaults: readonly FaultKind[] = [
  bearing(
    'bearing-outer',
    'outerRaceDamage',
    'Damage on the outer race of the spindle bearing',
    'Skada på spindellagrets ytterring',
  ),
  bearing(
    'bearing-inner',
    'innerRaceDamage',
    'Damage on the inner race of the spindle bearing',
    'Skada på spindellagrets innerring',
  ),
  {
    id: 'tool-wear',
    ...text('The tool wears faster than it should', 'Verktyget slits fortare än det borde'),
    stations: ['cnc-mill'],
    parameters: { factor: number('1', [1, 50], 'Times as fast', 'Gånger så fort', 3) },
    begins: ({ factor }, of) => set(of, { wearFactor: factor }),
  },
  {
    id: 'tool-breakage',
    ...text('The tool breaks in the cut', 'Verktyget går av i ingrepp'),
    stations: ['cnc-mill'],
    isInstant: true,
    parameters: { stop: number('s', [1, 86_400], 'How long the mill stands', 'Hur länge fräsen står', 600) },
    begins: ({ stop }, of) => [{ target: `${of}.BreakTool`, value: { forS: stop } }],
  },
  {
    id: 'coolant-loss',
    ...text('Coolant leaks, and nobody tops it up', 'Kylvätska läcker, och ingen fyller på'),
    stations: ['cnc-mill'],
    parameters: { rate: number('%/h', [0.1, 1000], 'Of the tank', 'Av tanken', 20) },
    begins: ({ rate }, of) => set(of, { coolantLoss: rate, topUpAt: 0 }),
  },
  {
    id: 'belt-slip',
    ...text('The belt slips on its drive', 'Bandet slirar på sin drivning'),
    stations: ['loop-conveyor'],
    parameters: { slip: number('%', [0.1, 15], 'Slip beside the usual', 'Slirning utöver den vanliga', 8) },
    begins: ({ slip }, of) => set(of, { beltSlip: slip }),
  },
  {
    id: 'stuck-gate',
    ...text('A stop gate sticks, closed', 'En stoppgrind fastnar i stängt läge'),
    stations: ['loop-conveyor'],
    parameters: { before: anything('Station that the gate is in front of', 'Station som grinden står före') },
    begins: ({ before }, of) => [{ target: `${of}.StickGate`, value: before }],
    ends: ({ before }, of) => [{ target: `${of}.FreeGate`, value: before }],
  },
  {
    id: 'vacuum-leak',
    ...text('A hole in the line of the gripper', 'Ett hål i gripdonets ledning'),
    stations: ['robot-arm'],
    parameters: { hole: number('mm', [0.1, 5], 'Diameter of the hole', 'Hålets diameter', 1) },
    begins: ({ hole }, of) => set(of, { vacuumLeakMm: hole }),
  },
  {
    id: 'nozzle-clog',
    ...text('The nozzle of a printer clogs', 'Ett munstycke på en skrivare täpps till'),
    stations: ['am-printers'],
    parameters: { printer, clog: number('1', [0.01, 1], 'How clogged; 1 is quite', 'Hur igensatt; 1 är helt', 0.5) },
    begins: ({ printer, clog }, of) => set(of, { [`nozzleClog${String(printer)}`]: clog }),
  },
  {
    id: 'layer-shift',
    ...text('An axis of a printer loses its place', 'En axel på en skrivare tappar läget'),
    stations: ['am-printers'],
    parameters: { printer, shift: number('mm', [0.01, 5], 'Between two layers', 'Mellan två lager', 1) },
    begins: ({ printer, shift }, of) => set(of, { [`layerShift${String(printer)}`]: shift }),
  },
  {
    id: 'press-misalignment',
    ...text('The press tool holds the bearing askew', 'Pressverktyget håller lagret snett'),
    stations: ['press-fit'],
    parameters: { askew: number('1', [0.01, 1], 'How askew; 1 is quite', 'Hur snett; 1 är helt', 0.6) },
    begins: ({ askew }, of) => set(of, { misalignment: askew }),
  },
  {
    id: 'light-decay',
    ...text('The ring light fades faster than it should', 'Ringljuset bleknar fortare än det borde'),
    stations: ['vision'],
    parameters: { factor: number('1', [1, 1e6], 'Times as fast', 'Gånger så fort', 5000) },
    begins: ({ factor }, of) => set(of, { lightDecay: factor }),
  },
  {
    id: 'soft-lot',
    ...text('A supplier sends a soft and porous lot', 'En leverantör skickar ett mjukt och poröst parti'),
    stations: ['high-bay'],
    parameters: { lot: number('1', [1, 1e6], 'Number of the casting lot', 'Gjutgodspartiets nummer') },
    begins: ({ lot }, of) => set(of, { softLot: lot }),
  },
  {
    id: 'air-leak',
    ...text('A hole in the air network', 'Ett hål i tryckluftsnätet'),
    stations: ['utilities'],
    parameters: { hole: number('mm', [0.1, 12], 'Diameter of the hole', 'Hålets diameter', 3) },
    begins: ({ hole }, of) => set(of, { leakMm: hole }),
  },
  {
    id: 'left-idling',
    ...text('A machine is left idling', 'En maskin lämnas på tomgång'),
    parameters: {
      share: number('1', [0.01, 1], 'Of its rated power, at the least', 'Av märkeffekten, som lägst', 0.5),
    },
    begins: ({ share }, of) => set(of, { idlingShare: share }),
  },
  {
    id: 'battery-ageing',
    ...text('The battery of a vehicle has aged', 'Ett fordons batteri har åldrats'),
    stations: ['agv-dock'],
    parameters: {
      vehicle: word(['AGV1', 'AGV2'], 'Which vehicle', 'Vilket fordon', 'AGV1'),
      health: number('%', [2, 99], 'What is left of what a new one holds', 'Kvar av vad ett nytt rymmer', 50),
    },
    begins: ({ vehicle, health }, of) => set(of, { [`${String(vehicle)}.health`]: health }),
  },
  {
    id: 'operator-absence',
    ...text('The operator is called away', 'Operatören kallas bort'),
    stations: ['assembly'],
    parameters: {},
    begins: (_, of) => set(of, { isCalledAway: 'yes' }),
  },
  {
    id: 'process-mean',
    ...text('The mean of the bore moves', 'Hålets medelvärde flyttar sig'),
    stations: ['cnc-mill'],
    parameters: { by: number('um', [-100, 100], 'So far', 'Så långt') },
    begins: ({ by }, of) => set(of, { offset: by }),
  },
  {
    id: 'process-spread',
    ...text('The bores spread more', 'Hålen sprider mer'),
    stations: ['cnc-mill'],
    parameters: { deviation: number('um', [0, 100], 'Standard deviation', 'Standardavvikelse', 8) },
    begins: ({ deviation }, of) => set(of, { spread: deviation }),
  },
  {
    id: 'special-cause',
    ...text('One bore goes wrong', 'Ett enda hål blir fel'),
    stations: ['cnc-mill'],
    isInstant: true,
    parameters: { by: number('um', [-100, 100], 'What moves the next bore', 'Vad som flyttar nästa hål', 40) },
    begins: ({ by }, of) => set(of, { specialCause: by }),
  },
  {
    id: 'forbidden-flow',
    ...text('A flow between zones that no conduit allows', 'Ett flöde mellan zoner som ingen kanal tillåter'),
    stations: ['network'],
    isInstant: true,
    parameters: {
      from: anything('Zone that it comes from', 'Zon som det kommer från'),
      to: anything('Zone that it goes to', 'Zon som det går till'),
      protocol: anything('Protocol', 'Protokoll'),
      port: number('1', [1, 65_535], 'Port', 'Port'),
    },
    begins: ({ from, to, protocol, port }, of) => [{ target: `${of}.SeeFlow`, value: { from, to, protocol, port } }],
  },
];
