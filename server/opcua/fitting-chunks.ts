import { MessageChunker } from 'node-opcua';

/** Header, sequence, signature and padding of a chunk under any policy: 16 + 8 + 32 + 17 bytes (OPC 10000-6, 6.7.2). */
const AROUND_A_MESSAGE = 128;
/** Room for a message that says little; a longer one gets as much as the one before it on its channel. */
const LEAST_ROOM = 1024;

type PrepareChunk = (
  this: MessageChunker,
  ...given: Parameters<MessageChunker['prepareChunk']>
) => ReturnType<MessageChunker['prepareChunk']>;

/**
 * Gives an answer the room that it needs. In 2.182.2 each answer, however short, gets a chunk of the largest size that its
 * client offered, 64 to 512 KB, and the collector is kept busy with throwing them away.
 */
export function fitChunks(): void {
  const library = MessageChunker as unknown as {
    minimumMessageSizeHint: number;
    prototype: { prepareChunk: PrepareChunk };
  };
  if (library.minimumMessageSizeHint === LEAST_ROOM) return;
  library.minimumMessageSizeHint = LEAST_ROOM;
  const { prepareChunk } = library.prototype;
  library.prototype.prepareChunk = function (type, params, length) {
    const { securityOptions } = params;
    const chunkSize = Math.min(securityOptions.chunkSize, length + AROUND_A_MESSAGE);
    const fitting = type === 'MSG' ? { ...params, securityOptions: { ...securityOptions, chunkSize } } : params;
    return prepareChunk.call(this, type, fitting, length);
  };
}
