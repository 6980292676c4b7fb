import { z } from 'zod';

/**
 * The OPC UA pane drives a real client session that the server opens to its own endpoint on the participant's behalf,
 * with the participant's key. One session per participant; a new connect closes the one before.
 */
export const PaneConnect = z.object({
  policy: z.enum(['None', 'Basic256Sha256']),
  mode: z.enum(['None', 'Sign', 'SignAndEncrypt']),
});
export type PaneConnect = z.infer<typeof PaneConnect>;

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

/** Replaces the subscription of the pane: all items have the same sampling interval. An empty list deletes it. */
export const PaneSubscribe = z.object({
  nodeIds: z.array(z.string().max(200)).max(300),
  publishingMs: z.number().min(50).max(60_000),
  samplingMs: z.number().min(-1).max(60_000),
  queueSize: z.number().int().min(1).max(100),
});
export type PaneSubscribe = z.infer<typeof PaneSubscribe>;

export const PaneItem = z.object({
  nodeId: z.string(),
  displayName: z.string(),
  status: z.string(),
  samplingMs: z.number(),
  value: z.string().optional(),
  sourceTimestamp: z.string().optional(),
  notifications: z.number().int(),
});
export type PaneItem = z.infer<typeof PaneItem>;

export const PaneState = z.object({
  connected: z.boolean(),
  policy: z.string().optional(),
  mode: z.string().optional(),
  endpointUrl: z.string(),
  publishingMs: z.number().optional(),
  items: z.array(PaneItem),
  /** Why the session ended, when it did. */
  problem: z.string().optional(),
});
export type PaneState = z.infer<typeof PaneState>;
