import { CallResponse, type DiagnosticInfo, type OPCUAClient, WriteResponse } from 'node-opcua';

/** The client asks for additional info with each operation (OPC 10000-4, table 169). */
const WANTS_OPERATION_INFO = 0x80;

/** Why the server refused the newest write or call of a client, in its own words; undefined if it did not. */
export function listenForReasons(client: OPCUAClient): () => string | undefined {
  let newest: string | undefined;
  client.on('send_request', (request) => (request.requestHeader.returnDiagnostics = WANTS_OPERATION_INFO));
  client.on('receive_response', (response) => {
    if (!(response instanceof WriteResponse) && !(response instanceof CallResponse)) return;
    const [info] = (response.diagnosticInfos ?? []) as DiagnosticInfo[];
    newest = info?.additionalInfo ?? undefined;
  });
  return () => newest;
}
