import { z } from 'zod';
import { AttemptView, LabSummary } from './lab-view.ts';

const Id = z.string().max(64);

/** What a person gives points for: a check, above what the judge came to, or an item of the rubric. */
export const MarkKind = z.enum(['check', 'rubric']);
export type MarkKind = z.infer<typeof MarkKind>;

/** Points that a teacher gives, and why: whoever gets them reads the reason. */
export const GiveMark = z.strictObject({
  kind: MarkKind,
  step: Id,
  /** Check or item of the rubric. */
  item: Id,
  /** Up to what it is worth; null takes back what was given before, and the judge counts again. */
  points: z.number().min(0).nullable(),
  reason: z.string().trim().min(1, 'say why: whoever gets the points reads it').max(2_000),
});
export type GiveMark = z.infer<typeof GiveMark>;

/** A mark as it was given, with who gave it. Instants of the wall in ms since 1970. */
export const MarkEntry = z.object({ ...GiveMark.shape, by: z.string(), atMs: z.number() });
export type MarkEntry = z.infer<typeof MarkEntry>;

/** From when to when somebody was in the team, and who changed that last. */
export const TeamChange = z.object({
  participant: z.string(),
  role: z.string().optional(),
  joinedMs: z.number(),
  leftMs: z.number().optional(),
  by: z.string(),
});
export type TeamChange = z.infer<typeof TeamChange>;

/** All who work on an attempt from now on; none for whoever works alone. */
export const SetTeam = z.strictObject({
  members: z.array(z.strictObject({ participant: Id, role: Id.optional() })).max(8),
});
export type SetTeam = z.infer<typeof SetTeam>;

/** An attempt as a teacher grades it. */
export const GradedAttempt = z.object({
  /** Who began it. */
  participant: z.string(),
  /** As the participant sees it: answers as typed, what was judged, what counts. */
  attempt: AttemptView,
  /** All that was ever given, oldest first. */
  marks: z.array(MarkEntry),
  team: z.array(TeamChange),
});
export type GradedAttempt = z.infer<typeof GradedAttempt>;

/** An attempt in the list of those to grade. */
export const AttemptToGrade = z.object({
  id: z.string(),
  participant: z.string(),
  lab: LabSummary.pick({ id: true, title: true, version: true }),
  startedMs: z.number(),
  points: z.number(),
  outOf: z.number(),
  /** Items of the rubric that nobody has given points for yet. */
  open: z.number().int(),
});
export type AttemptToGrade = z.infer<typeof AttemptToGrade>;
