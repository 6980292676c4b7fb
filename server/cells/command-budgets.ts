import { TokenBucket } from './token-bucket.ts';

/** Commands of one participant: at once, and a second from then on. */
const AT_ONCE = 2000;
const PER_SECOND = 5;

/** Why a command is not taken: each one is kept for ever, since the past of a line is lived again from them. */
export const tooManyCommands = {
  message: `There is room for ${AT_ONCE} commands at once, and for ${PER_SECOND} a second from then on.`,
  hint: 'Wait a minute and go on more slowly.',
};

/** What participants may command, through all doors together and in whichever cells, so that no log fills. */
export class CommandBudgets {
  private readonly buckets = new Map<string, TokenBucket>();

  /** @param now wall time, ms since 1970 */
  constructor(private readonly now: () => number) {}

  /** Whether this participant may give one more. */
  take(participant: string): boolean {
    const bucket = this.buckets.get(participant) ?? new TokenBucket(PER_SECOND, AT_ONCE, this.now);
    this.buckets.set(participant, bucket);
    return bucket.take();
  }
}
