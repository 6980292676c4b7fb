import type { WhatIfRequest, WhatIfResult } from '#contract/what-if.ts';
import { createCell } from '#simulator/cell/create-cell.ts';
import { halvesOf } from '#simulator/cell/seed.ts';
import { runForks } from '#simulator/cell/what-if.ts';
import { HOUR } from '#simulator/kernel/time.ts';
import { cpuMs } from './bench/measure.ts';
import { loadModel } from './cells/load.ts';
import { whatIfResult } from './cells/what-if-result.ts';
import type { CliCommand, GivenArguments } from './command-line.ts';
import { print } from '#server/print.ts';

/** `verkstad what-if`: what comes of changes to a line that has run for a while, by forks of it. */
export const whatIfCommand: CliCommand = {
  usage:
    'what-if CELL.yaml [--seed N] [--after H] [--hours H] [--forks N] [--set Station.Name=value]... [--apart] [--independent] [--luck N] [--json]',
  options: {
    seed: { type: 'string' },
    after: { type: 'string' },
    hours: { type: 'string' },
    forks: { type: 'string' },
    set: { type: 'string', multiple: true },
    apart: { type: 'boolean' },
    independent: { type: 'boolean' },
    luck: { type: 'string' },
    json: { type: 'boolean' },
  },
  run(given) {
    const model = loadModel(given.word);
    const request: WhatIfRequest = {
      variants: [{ name: 'As it is', changes: [] }, ...variantsOf(given)],
      hours: given.number('hours', 8),
      forks: given.count('forks', 32),
      commonNumbers: !given.flag('independent'),
    };
    if (request.forks < 2) throw given.wrong('--forks wants 2 or more, or there is nothing to estimate from');
    const cell = createCell(model, { seed: given.seed() });
    cell.runUntil(Math.round(given.number('after', Math.max(1, model.openUs / HOUR)) * HOUR));
    const whatIf = { ...request, luck: halvesOf(given.count('luck', 1)) };
    let result: WhatIfResult | undefined;
    const ms = cpuMs(() => {
      result = whatIfResult(request, runForks(cell, whatIf, { first: 0, count: request.forks }));
    });
    const report = { hours: request.hours, cpuMs: ms, ...result! };
    if (given.flag('json')) print(JSON.stringify(report, undefined, 2));
    else printReport(report);
  },
};

/** All settings together, or each as a variant of its own. */
function variantsOf(given: GivenArguments): WhatIfRequest['variants'] {
  const pairs = given.pairs('set');
  if (given.flag('apart'))
    return pairs.map(([path, value]) => ({ name: nameOf([path, value]), changes: [change([path, value])] }));
  return pairs.length === 0 ? [] : [{ name: pairs.map(nameOf).join(', '), changes: pairs.map(change) }];
}

type Pair = readonly [path: string, value: unknown];
const nameOf = ([path, value]: Pair): string => `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
const change = ([target, value]: Pair) => ({ target, value: value as string });

/** For people: a line for each figure, with the mean and half the width of its interval, then the difference. */
function printReport({ figures, forks, hours, variants }: WhatIfResult & { readonly hours: number }): void {
  print(`${forks} forks of ${hours} h, means with 95 % intervals`);
  for (const { name: variant, means, differences } of variants) {
    print(`\n${variant}`);
    for (const { name, unit, decimals, text } of figures) {
      const { mean, high = NaN } = means[name] ?? { mean: NaN };
      const difference = differences?.[name];
      const { low = NaN, high: most = NaN } = difference ?? {};
      const against =
        difference && `${signed(difference.mean, decimals)} (${signed(low, decimals)} to ${signed(most, decimals)})`;
      const shown = `${mean.toFixed(decimals)} +- ${(high - mean).toFixed(decimals)} ${unit === '1' ? '' : unit}`;
      print(`  ${text.en.padEnd(24)} ${shown.padEnd(24)} ${against ?? ''}`.trimEnd());
    }
  }
}

const signed = (value: number, decimals: number): string => `${value > 0 ? '+' : ''}${value.toFixed(decimals)}`;
