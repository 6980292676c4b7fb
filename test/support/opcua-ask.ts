import { type ClientSession, NumericRange, type OPCUAClient, type Response } from 'node-opcua';

/** Sends a request as it is, whatever the client library thinks of it, and gives the answer or the name of its fault. */
export async function ask(
  through: ClientSession | OPCUAClient,
  request: object,
): Promise<{ response?: Response; status: string }> {
  const raw = through as unknown as {
    performMessageTransaction(request: object, done: (error: Error | null, response?: Response) => void): void;
  };
  return new Promise((resolve) =>
    raw.performMessageTransaction(request, (error, response) =>
      resolve(
        response && !error
          ? { response, status: response.responseHeader.serviceResult.name }
          : { status: /Bad\w+/.exec(error?.message ?? '')?.[0] ?? String(error) },
      ),
    ),
  );
}

/** An index range as asyncua sends it, where others send none: a text of no characters. */
export const blankRange = (): NumericRange => Object.assign(new NumericRange(), { toEncodeableString: () => '' });
