import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageSecurityMode, type OPCUAServerOptions, SecurityPolicy } from 'node-opcua';
import { projectRoot, versionIn } from '#server/project-root.ts';
import type { Identity } from './certificates.ts';
import { lineNodesets } from './companion/nodesets.ts';

const MOST_SESSIONS = 5000;

/** How many operations one request may hold. */
export const MOST_OPERATIONS = 1000;

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly publicHost: string;
}

/** What runs here, by its own version; the library would say its own (OPC 10000-5, 12.4). */
function buildInfo(): NonNullable<OPCUAServerOptions['buildInfo']> {
  const version = versionIn(projectRoot());
  return {
    ...{ productName: 'Verkstad', productUri: 'urn:verkstad', manufacturerName: 'Verkstad' },
    ...{ softwareVersion: version, buildNumber: version, buildDate: statSync(fileURLToPath(import.meta.url)).mtime },
  };
}

/** What the library is told at its start. Who may enter, and what they see, is not among it: see LineServer. */
export const libraryOptions = (
  { port, host, publicHost }: ListenOptions,
  { applicationUri, applications, users, certificateFile }: Identity,
): OPCUAServerOptions => ({
  port,
  host,
  hostname: publicHost,
  nodesets: lineNodesets,
  serverInfo: { applicationUri, applicationName: { text: 'Verkstad' }, productUri: 'urn:verkstad' },
  buildInfo: buildInfo(),
  serverCertificateManager: applications,
  userCertificateManager: users,
  certificateFile,
  securityPolicies: [
    SecurityPolicy.None,
    SecurityPolicy.Basic256Sha256,
    SecurityPolicy.Aes128_Sha256_RsaOaep,
    SecurityPolicy.Aes256_Sha256_RsaPss,
  ],
  securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
  allowAnonymous: false,
  // Writes and calls are told as audit events, see audit-events.ts; the library's own go nowhere, see closeLeaks.
  isAuditing: true,
  maxConnectionsPerEndpoint: MOST_SESSIONS,
  serverCapabilities: {
    maxSessions: MOST_SESSIONS,
    maxSubscriptions: 2 * MOST_SESSIONS,
    maxSubscriptionsPerSession: 10,
    maxMonitoredItems: 2_000_000,
    maxMonitoredItemsPerSubscription: 1000,
    maxMonitoredItemsQueueSize: 100,
    maxHistoryContinuationPoints: 100,
    maxBrowseContinuationPoints: 50,
    minSupportedSampleRate: 100,
    localeIdArray: ['en', 'sv'],
    operationLimits: {
      maxNodesPerRead: MOST_OPERATIONS,
      maxNodesPerWrite: MOST_OPERATIONS,
      maxNodesPerBrowse: MOST_OPERATIONS,
      maxNodesPerMethodCall: MOST_OPERATIONS,
      maxNodesPerRegisterNodes: MOST_OPERATIONS,
      maxNodesPerTranslateBrowsePathsToNodeIds: MOST_OPERATIONS,
      maxMonitoredItemsPerCall: MOST_OPERATIONS,
      maxNodesPerHistoryReadData: 50,
    },
  },
});
