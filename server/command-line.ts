import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { getDurationUs, findDurationUs } from '#simulator/cell/plant-time.ts';

/** Options of a command, and its work. */
export interface CliCommand {
  /** `simulate CELL.yaml [--seed N]`; several ways to use it stand on lines of their own. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(given: GivenArguments): Promise<void> | void;
}

/** A wrong use of the command line: one sentence, and exit code 2. */
export class UsageError extends Error {}

type Value = string | boolean | (string | boolean)[] | undefined;

/** What stood on the command line after the name of the command. */
export class GivenArguments {
  constructor(
    readonly words: readonly string[],
    private readonly options: Readonly<Record<string, Value>>,
    private readonly usage: string,
  ) {}

  /** The only word, such as a file name; throws if there is none or more. */
  get word(): string {
    if (this.words.length === 1) return this.words[0];
    const wrong = this.words.length === 0 ? 'Something is missing' : `"${this.words[1]}" is too much`;
    throw this.wrong(wrong);
  }

  flag(name: string): boolean {
    return this.options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.options[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.options[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** `Path=value`, any number of times; a value is YAML. */
  pairs(name: string): readonly (readonly [path: string, value: unknown])[] {
    return this.list(name).map((pair) => {
      const [, path, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (path === undefined) throw this.wrong(`--${name} wants Path=value, not "${pair}"`);
      return [path, parseYaml(value) as unknown] as const;
    });
  }

  /** A number above 0. */
  number(name: string, fallback: number): number {
    const text = this.text(name);
    const value = text === undefined ? fallback : Number(text);
    if (text?.trim() === '' || !Number.isFinite(value) || value <= 0) {
      throw this.wrong(`--${name} wants a number above 0, not "${text}"`);
    }
    return value;
  }

  count(name: string, fallback: number): number {
    const value = this.number(name, fallback);
    if (!Number.isInteger(value)) throw this.wrong(`--${name} wants a whole number, not "${value}"`);
    return value;
  }

  seed(): bigint {
    const text = this.text('seed') ?? '1';
    if (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n) return BigInt(text);
    throw this.wrong(`--seed wants a whole number from 0 to 18446744073709551615, not "${text}"`);
  }

  /** `8h`, `90 min`, `30s`, or seconds; in microseconds. */
  durationUs(name: string, fallback: string): number {
    const text = this.text(name) ?? fallback;
    if (findDurationUs(text) === undefined) throw this.wrong(`--${name} wants a time such as 8h or 30s, not "${text}"`);
    return getDurationUs(text);
  }

  wrong(message: string): UsageError {
    return wrongUse(message, this.usage);
  }
}

export const usageLines = (usage: string): string[] => usage.split('\n').map((line) => `verkstad ${line}`);

const wrongUse = (message: string, usage: string): UsageError =>
  new UsageError(`${message}. Usage: ${usageLines(usage).join('\n  or: ')}`);

export function readArguments({ options, usage }: CliCommand, args: readonly string[]): GivenArguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return new GivenArguments(positionals, values, usage);
  } catch (error) {
    const [reason] = (error as Error).message.split('. ');
    throw wrongUse(reason, usage);
  }
}
