import type { CommandSource } from '#simulator/rules/command-source.ts';
import type { CommandLog, ScenarioCommand } from './command-log.ts';

/**
 * One row of numbers for all commands of a cell, from 1: odd ones for its log, even ones for its scenario. A number in a
 * slab stays right in every cell that shares its past: their logs and scenarios differ only in what comes later.
 */
export class NumberedCommands implements CommandSource {
  present = 0;

  constructor(
    private readonly log: CommandLog,
    private readonly scenario: readonly ScenarioCommand[],
  ) {}

  /** @param place in the log, from 0. */
  logged(place: number): number {
    return 2 * place + 1;
  }

  /** @param place in the scenario, from 0. */
  planned(place: number): number {
    return 2 * place + 2;
  }

  isOpen(number: number): boolean {
    return number % 2 === 1;
  }

  find(number: number): ScenarioCommand | undefined {
    return number % 2 === 1 ? this.log.find((number - 1) / 2) : this.scenario[number / 2 - 1];
  }
}
