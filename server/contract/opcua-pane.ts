import { z } from 'zod';
import { PaneNodeId } from './opcua-pane-deeds.ts';
import { Language } from './text.ts';

/** Security policies of the server, the strongest first. */
export const panePolicies = ['Aes256_Sha256_RsaPss', 'Aes128_Sha256_RsaOaep', 'Basic256Sha256', 'None'] as const;

/**
 * The OPC UA pane drives a real client session that the server opens to its own endpoint on the participant's behalf,
 * with the participant's key. One session per participant; a new connect closes the one before.
 */
export const PaneConnect = z.object({
  policy: z.enum(panePolicies),
  mode: z.enum(['None', 'Sign', 'SignAndEncrypt']),
  /** LocaleIds of ActivateSession (OPC 10000-4, 5.6.3); without it the server's own, which is English. */
  language: Language.optional(),
});
export type PaneConnect = z.infer<typeof PaneConnect>;

/** The language in which the session gets display names, descriptions and messages from now on. */
export const PaneSpeech = z.object({ language: Language });

export const PaneNode = z.object({
  nodeId: z.string(),
  browseName: z.string(),
  displayName: z.string(),
  nodeClass: z.enum(['Object', 'Variable', 'Method', 'Other']),
  hasChildren: z.boolean(),
});
export type PaneNode = z.infer<typeof PaneNode>;

export const PaneAttribute = z.object({ name: z.string(), value: z.string() });
export type PaneAttribute = z.infer<typeof PaneAttribute>;

/** The queue of one item, where it is not as that of the others. */
export const PaneQueue = z.object({
  nodeId: PaneNodeId,
  queueSize: z.number().int().min(1).max(100),
  discardOldest: z.boolean(),
});
export type PaneQueue = z.infer<typeof PaneQueue>;

/** Replaces the subscription of the pane: all items have the same sampling interval. An empty list deletes it. */
export const PaneSubscribe = z.object({
  nodeIds: z.array(PaneNodeId).max(300),
  publishingMs: z.number().min(50).max(60_000),
  samplingMs: z.number().min(-1).max(60_000),
  queueSize: z.number().int().min(1).max(100),
  queues: z.array(PaneQueue).max(300).optional(),
});
export type PaneSubscribe = z.infer<typeof PaneSubscribe>;

export const PaneItem = z.object({
  nodeId: z.string(),
  displayName: z.string(),
  status: z.string(),
  samplingMs: z.number(),
  queueSize: z.number().int(),
  discardOldest: z.boolean(),
  value: z.string().optional(),
  sourceTimestamp: z.string().optional(),
  notifications: z.number().int(),
});
export type PaneItem = z.infer<typeof PaneItem>;

/** The certificate that the server showed when the channel was opened. */
export const PaneCertificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  applicationUri: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  /** SHA-1, as hex digits. */
  thumbprint: z.string(),
});
export type PaneCertificate = z.infer<typeof PaneCertificate>;

export const PaneState = z.object({
  connected: z.boolean(),
  policy: z.string().optional(),
  mode: z.string().optional(),
  /** In which the session asks for texts. */
  language: Language.optional(),
  certificate: PaneCertificate.optional(),
  endpointUrl: z.string(),
  publishingMs: z.number().optional(),
  items: z.array(PaneItem),
  /** Why the session ended, when it did. */
  problem: z.string().optional(),
});
export type PaneState = z.infer<typeof PaneState>;
