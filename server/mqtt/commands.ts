import { z } from 'zod';
import { CommandRequest, CommandResult } from '#contract/command.ts';
import { CommandGuard } from './command-guard.ts';
import type { Publication } from './publish-rules.ts';
import { WaitingCommands, type WaitingCommandsOptions } from './waiting-commands.ts';

type CommandMessage = Pick<Publication, 'topic' | 'payload'>;

/** Ids become a topic level, so no `/`, `+` or `#`. */
const TOPIC_ID = /^[\w.:@-]{1,64}$/;
const FIND_ID = /"id"\s*:\s*"([^"\\]{1,64})"/;

export interface CommandsOptions extends WaitingCommandsOptions {
  readonly answer: (result: CommandResult) => void;
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
  private readonly waiting: WaitingCommands;
  private readonly guard: CommandGuard;

  constructor(private readonly options: CommandsOptions) {
    this.guard = new CommandGuard(options.cell);
    this.waiting = new WaitingCommands(options);
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
    if (this.waiting.isFull) {
      refuse(request.id, 'Too many commands are waiting. Wait for their answers.');
      return;
    }
    const outcome = await this.waiting.carryOut(request, actor);
    if (typeof outcome === 'string') refuse(request.id, outcome);
    else this.options.answer(CommandResult.parse(outcome));
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
