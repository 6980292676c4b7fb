import type { Configuration, SettingState } from '#contract/configuration.ts';
import type { Command } from '#simulator/cell/command-log.ts';
import type { LocalCell } from './local-cell.ts';

/** What a participant may set, as it is now, and who changed it last. */
export function configurationOf(live: LocalCell): Configuration {
  const atUs = live.advance();
  const { model, log } = live;
  // All cells of a model share one window; asking for a version slides it to this one.
  live.version(0);
  const last = new Map(log.map((command) => [command.target, command]));
  const shown = [...model.targets.values()].filter(({ hidden, shape }) => !hidden && shape !== undefined);
  return {
    atUs,
    settings: shown.map(({ path, ...target }) => ({
      path,
      value: target.read?.() as SettingState['value'],
      usual: model.defaults.get(path) as SettingState['usual'],
      ...changedBy(last.get(path)),
    })),
  };
}

type Door = NonNullable<SettingState['changed']>['via'];

const changedBy = (command: Command | undefined): Pick<SettingState, 'changed'> =>
  command === undefined ? {} : { changed: { atUs: command.at, actor: command.actor, via: command.via as Door } };
