import {
  DataValue,
  type OPCUAServer,
  type Response,
  type ServerSession,
  type StatusCode,
  StatusCodes,
} from 'node-opcua';

/** What a service does with a session, and its two ways to answer. */
export type Action = (
  session: ServerSession,
  send: (response: Response) => void,
  fail: (status: StatusCode) => void,
) => void | Promise<void>;

/**
 * A failure while one request is answered, whatever a client put into it, is the failure of that request alone. The library
 * leaves it as a rejection that nobody handles, which ends the whole process.
 */
export const contained =
  (action: Action, failed: (error: unknown) => void): Action =>
  async (session, send, fail) => {
    let isAnswered = false;
    const told = (error: unknown): void => {
      failed(error);
      if (!isAnswered) fail(StatusCodes.BadInternalError);
      isAnswered = true;
    };
    const answer = (response: Response): void => {
      try {
        send(response);
        isAnswered = true;
      } catch (error) {
        told(error);
      }
    };
    const refuse = (status: StatusCode): void => {
      isAnswered = true;
      fail(status);
    };
    try {
      await action(session, answer, refuse);
    } catch (error) {
      told(error);
    }
  };

/** The library waits for what is read without hearing when that fails. */
export function containReads({ engine }: OPCUAServer, failed: (error: unknown) => void): void {
  const read = engine.read.bind(engine);
  engine.read = async (context, request) => {
    try {
      return await read(context, request);
    } catch (error) {
      failed(error);
      return (request.nodesToRead ?? []).map(() => new DataValue({ statusCode: StatusCodes.BadInternalError }));
    }
  };
}
