import { z } from 'zod';
import { CommandRequest, CommandResult } from '#contract/command.ts';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { AppError } from '#server/errors.ts';
import { CommandGuard } from './command-guard.ts';
import type { Publication } from './publish-rules.ts';

type CommandMessage = Pick<Publication, 'topic' | 'payload'>;

/** Ids become a topic level, so no `/`, `+` or `#`. */
const TOPIC_ID = /^[\w.:@-]{1,64}$/;
const FIND_ID = /"id"\s*:\s*"([^"\\]{1,64})"/;

export interface CommandsOptions {
  readonly cell: LiveCell;
  /** How many may wait for their outcome at one time. */
  readonly waiting: number;
  readonly answer: (result: CommandResult) => void;
  readonly failed: (error: unknown) => void;
}

export interface Sender {
  readonly actor: string;
  /** TLS, or our own page. */
  readonly isProtected: boolean;
  /** Tells of a refusal, also where there is no id to answer by. */
  readonly refuse: (what: string, reason: string) => void;
}

/** Turns messages on `cmd` into commands, and their outcome into answers. Every message gets one, also when refused. */
export class Commands {
  private waiting = 0;
  private readonly guard: CommandGuard;

  constructor(private readonly options: CommandsOptions) {
    this.guard = new CommandGuard(options.cell);
  }

  /** `path` is what follows `cmd/` in the topic: the target with slashes, or nothing. */
  async receive(path: string, { topic, payload }: CommandMessage, sender: Sender): Promise<void> {
    const text = payload.toString();
    const refuse = (id: string | undefined, reason: string) => this.refuse(topic, id, reason, sender);
    const message = readRequest(path, text);
    if ('problem' in message) {
      refuse(FIND_ID.exec(text)?.[1], message.problem);
      return;
    }
    const { t: sent, ...request } = message;
    if (!TOPIC_ID.test(request.id)) {
      refuse(undefined, 'The id becomes a topic level: use letters, digits, . : @ _ -');
      return;
    }
    const { actor, isProtected } = sender;
    const sentMs = sent === undefined ? undefined : Date.parse(sent);
    const denied = this.guard.deny({ target: request.target, actor, isProtected, id: request.id, sentMs });
    if (denied !== undefined) {
      refuse(request.id, denied);
      return;
    }
    if (this.waiting >= this.options.waiting) {
      refuse(request.id, 'Too many commands are waiting. Wait for their answers.');
      return;
    }
    this.waiting += 1;
    try {
      const result = await this.options.cell.command(request, { actor: sender.actor, via: 'mqtt' });
      this.options.answer(CommandResult.parse(result));
    } catch (error) {
      if (!(error instanceof AppError)) this.options.failed(error);
      refuse(
        request.id,
        error instanceof AppError ? `${error.message} ${error.hint}` : 'The server failed. Try again.',
      );
    } finally {
      this.waiting -= 1;
    }
  }

  private refuse(topic: string, id: string | undefined, reason: string, sender: Sender): void {
    sender.refuse(`publish ${topic}`, reason);
    if (id === undefined || !TOPIC_ID.test(id)) return;
    this.options.answer({ id, atUs: this.options.cell.clock.simUs, status: 'not_allowed', reason });
  }
}

/** `t` is when it was sent, as the sender's clock had it. */
const CommandMessageBody = CommandRequest.extend({ t: z.iso.datetime({ offset: true }).optional() }).strict();
type CommandMessageBody = z.infer<typeof CommandMessageBody>;

function readRequest(path: string, text: string): CommandMessageBody | { problem: string } {
  const target = path.replaceAll('/', '.');
  const example = `{"id":"a1"${path ? '' : ',"target":"ST03.Hold"'},"value":1}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: `The payload is not JSON. Publish for example ${example}` };
  }
  const named = path && isObject(json) ? { target, ...json } : json;
  const read = CommandMessageBody.safeParse(named);
  if (!read.success) {
    const [{ path: where, message }] = read.error.issues;
    return { problem: `${where.join('.') || 'The payload'}: ${message}. Publish for example ${example}` };
  }
  if (path && read.data.target !== target) {
    return {
      problem: `The topic names ${target}, the payload ${read.data.target}. Leave the target out of the payload.`,
    };
  }
  return read.data;
}

const isObject = (json: unknown): json is object => typeof json === 'object' && json !== null && !Array.isArray(json);
