import { parentPort } from 'node:worker_threads';
import { AppError } from '#server/errors.ts';
import { Refusal } from '#simulator/kernel/refusal.ts';
import { captureJob } from './capture-job.ts';
import { happeningsJob } from './happenings-job.ts';
import { historyJob } from './history-job.ts';
import { fairJob, judgeJob } from './judge-job.ts';
import type { JobAnswer, JobKind, JobOrder, Jobs } from './job.ts';
import { processedJob } from './processed-job.ts';
import { occurrencesJob } from './occurrences-job.ts';
import { momentJob } from './moment-job.ts';
import { Models } from './relive.ts';
import { ruleTrialJob } from './rule-trial-job.ts';
import { sqlJob } from './sql-job.ts';
import { whatIfJob } from './what-if-job.ts';

const models = new Models();

const handlers: { [K in JobKind]: (input: Jobs[K]['input'], definition: string | undefined) => Jobs[K]['output'] } = {
  history: ({ life, request }, json) => historyJob(models.get(life.definition, json), life, request),
  processed: ({ life, request }, json) => processedJob(models.get(life.definition, json), life, request),
  happenings: ({ life, request, untold }, json) =>
    happeningsJob(models.get(life.definition, json), life, request, untold),
  occurrences: ({ life, request }, json) => occurrencesJob(models.get(life.definition, json), life, request),
  capture: ({ life, request }, json) => captureJob(models.get(life.definition, json), life, request),
  judge: ({ life, order }, json) => judgeJob(models.get(life.definition, json), life, order),
  rehearse: ({ life, order }, json) => {
    judgeJob(models.get(life.definition, json), life, order);
    return null;
  },
  fair: ({ life, order }, json) => fairJob(models.get(life.definition, json), life, order),
  moment: ({ life, request }, json) => momentJob(models.get(life.definition, json), life, request),
  ruleTrial: ({ life, request }, json) => ruleTrialJob(models.get(life.definition, json), life, request),
  sql: ({ life, request }, json) => sqlJob(models.get(life.definition, json), life, request),
  whatIf: ({ life, request }, json) => whatIfJob(models.get(life.definition, json), life, request),
};

function answerTo<K extends JobKind>({ kind, input, definition }: JobOrder<K>): JobAnswer {
  try {
    return { output: handlers[kind](input, definition) };
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, message, hint } = error;
      return { refused: { code, message: message.replace(` ${hint}`, ''), hint, status: 400 } };
    }
    if (error instanceof AppError) {
      const { code, message, hint, status } = error;
      return { refused: { code, message, hint, status } };
    }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (order: JobOrder) => parentPort?.postMessage(answerTo(order)));
parentPort?.postMessage('ready');
