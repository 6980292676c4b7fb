/**
 * What each type of station shows beside its state: in the scene by its shape, here by name and value. Names within the
 * station; `*` stands for a number. Whatever the scene shows is here too (test/unit/web/schematic-equal.test.ts).
 */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  'high-bay': [
    ...['Cycle.Progress', 'Crane.Position', 'Crane.Height', 'Carrier.Id', 'Part.Serial'],
    ...['Stock.Castings', 'Stock.Bearings', 'Stock.Seals', 'Stock.Cores'],
  ],
  'loop-conveyor': ['Belt.ActualSpeed', 'Carriers.Loaded'],
  'cnc-mill': [
    'Cycle.Progress',
    'Door.Closed',
    'Tool.Number',
    'Tool.Wear',
    'State.Reason',
    'Carrier.Id',
    'Part.Serial',
  ],
  'robot-arm': [
    ...['Cycle.Progress', 'Tcp.Speed', 'Safety.Zone', 'Safety.Separation', 'Safety.PersonBearing', 'Door.Open'],
    ...['Interlock.Open', 'Carrier.Id', 'Part.Serial'],
  ],
  'am-printers': ['Job.Layers', 'Printer*.Layer', 'Covers.Stock', 'Carrier.Id', 'Part.Serial'],
  assembly: ['Operator.Present', 'Instruction.Step', 'Andon.Active', 'Carrier.Id', 'Part.Serial'],
  'press-fit': ['Cycle.Progress', 'Ram.Position', 'Ram.Force', 'Carrier.Id', 'Part.Serial'],
  vision: ['Cycle.Progress', 'Counter.Scrap', 'Carrier.Id', 'Part.Serial'],
  'laser-marking': ['Cycle.Progress', 'Laser.Power', 'Carrier.Id', 'Part.Serial'],
  packaging: [
    'Cycle.Progress',
    'Cartons.Waiting',
    'Blanks.Left',
    'Film.Left',
    'Labels.Left',
    'Carrier.Id',
    'Part.Serial',
  ],
  'agv-dock': ['Cores.Waiting', 'Agv*.Battery', 'Agv*.Activity', 'Agv*.Load', 'Agv*.Speed', 'Agv*.X', 'Agv*.Y'],
  utilities: ['Compressor.Loaded', 'Air.Pressure'],
};

/** A type that is not listed shows what its cycle is at. */
const OTHERS = ['Cycle.Progress', 'Carrier.Id', 'Part.Serial'];

/** Those of the signals of a station that stand in the list of stations, in its order. */
export function factsOf<S extends { readonly path: string }>(type: string, signals: readonly S[]): S[] {
  const named = (FACTS[type] ?? OTHERS).map(
    (name) => new RegExp(`^\\w+\\.${name.replace('.', '\\.').replace('*', '\\d+')}$`),
  );
  return named.flatMap((name) => signals.filter(({ path }) => name.test(path)));
}
