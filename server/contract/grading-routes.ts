import { z } from 'zod';
import { AttemptToGrade, GiveMark, GradedAttempt, SetTeam } from './grading.ts';
import { Language } from './text.ts';
import { route } from './route.ts';

const roles = ['teacher'] as const;
const InLanguage = z.object({ language: Language.default('en') });

/** What people judge. */
export const gradingRoutes = {
  attemptsToGrade: route({
    method: 'GET',
    path: '/grading/attempts',
    summary: 'The newest attempts of all participants, at one lab or at all, with what is left to grade.',
    roles,
    query: z.object({ ...InLanguage.shape, lab: z.string().max(100).optional() }),
    answer: z.array(AttemptToGrade),
  }),
  gradedAttempt: route({
    method: 'GET',
    path: '/grading/attempts/:attempt',
    summary: 'An attempt with its answers, what was judged, and who gave which points when and why.',
    roles,
    query: InLanguage,
    answer: GradedAttempt,
  }),
  giveMark: route({
    method: 'PUT',
    path: '/grading/attempts/:attempt/marks',
    summary: 'Gives points for an item of the rubric, or for a check above what the judge came to; or takes them back.',
    roles,
    query: InLanguage,
    body: GiveMark,
    answer: GradedAttempt,
  }),
  setTeam: route({
    method: 'PUT',
    path: '/grading/attempts/:attempt/team',
    summary: 'Says who works on an attempt together, and in which roles; they share its line.',
    roles,
    query: InLanguage,
    body: SetTeam,
    answer: GradedAttempt,
  }),
} as const;
