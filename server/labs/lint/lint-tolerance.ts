import { convert } from '../judge/units.ts';
import { halfWidth, type Tolerance } from '../judge/tolerance.ts';
import type { Reference } from '../judge/check.ts';
import type { AskFile } from '../format/asks.ts';
import type { CellCatalogue } from '../catalogue.ts';
import type { Path, Tell } from './tell.ts';

/** Units with a zero that means nothing for the size of a change. */
const OFFSET: Readonly<Record<string, string>> = {
  mm: 'a length with a nominal size',
  um: 'a length with a nominal size',
  cm: 'a length with a nominal size',
  Cel: 'a temperature',
};

export interface Judged {
  readonly ask: AskFile;
  readonly within: Tolerance;
  readonly is: Reference;
  readonly tells: readonly Reference[];
  readonly cell: CellCatalogue | undefined;
}

/** A tolerance must be of the right kind, wide enough for what is shown, and narrow enough to tell a mistake from an answer. */
export function lintTolerance({ ask, within, is, tells, cell }: Judged, path: Path, tell: Tell): void {
  const unit = ask.type === 'time' ? 's' : (ask.unit ?? '');
  const at = [...path, 'within'];
  if (hasBarePercent(within)) {
    if (unit === '%') tell(at, 'percent-of-percent', 'use pp (percentage points) for a share');
    else if (ask.type === 'time')
      tell(at, 'bare-percent', 'a time of day has no size: give seconds or minutes, such as "15 s"');
    else if (OFFSET[unit])
      tell(
        at,
        'bare-percent',
        `a bare % of ${OFFSET[unit]} means nothing: give "0.02 ${unit}", or name the scale, as in "4 % of (ucl - cl)"`,
      );
    else if ('value' in is && Number(is.value) === 0)
      tell(at, 'bare-percent', 'a percentage of 0 is 0: give the tolerance in the unit of the answer');
  }
  const wanted = 'value' in is ? Number(is.value) : 1;
  let width: number;
  try {
    width = halfWidth(within, wanted, unit);
  } catch {
    tell(
      at,
      'wrong-unit',
      `the tolerance cannot be compared with a value in "${unit}": give it in that unit${unit === '%' ? ', as pp' : ', or as a share such as "3 %"'}`,
    );
    return;
  }
  const shown = resolutionOf(ask, is, unit, cell);
  const isFixed = 'absolute' in within || 'value' in is;
  if (isFixed && shown !== undefined && width < 3 * shown * (1 - 1e-9))
    tell(
      at,
      'fine-tolerance',
      `the tolerance is below three times what is shown (${shown} ${unit}): honest answers would fail`,
    );
  if (!('value' in is)) return;
  for (const other of tells)
    if ('value' in other && Math.abs(Number(other.value) - wanted) < 2 * width)
      tell(
        at,
        'wide-tolerance',
        'the tolerance is above half the distance to a mistake that "tells" knows: it could pass as right',
      );
}

const hasBarePercent = (within: Tolerance): boolean =>
  'larger' in within ? within.larger.every(hasBarePercent) : 'percent' in within && within.of === undefined;

/** The step of what is seen: of the decimals that are asked for, or of the one signal that the wanted value is read from. */
function resolutionOf(ask: AskFile, is: Reference, unit: string, cell: CellCatalogue | undefined): number | undefined {
  if (ask.decimals !== undefined) return 10 ** -ask.decimals;
  if (!('cel' in is)) return undefined;
  const [path, ...others] = [...new Set(is.cel.match(/\b[A-Z]\w*(?:\.[A-Z]\w*)+/g) ?? [])];
  const signal = others.length > 0 || path === undefined ? undefined : cell?.signals.get(path);
  return signal && (convert(signal.resolution, signal.unit, unit) ?? undefined);
}
