import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { EventRoute, objectsCreated } from '../constructs/event-route.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { behindTitle, deadLettersTitle, RECORD_ALARMS } from '../impact.ts';
import { DEPLOYMENTS } from './deployments.ts';
import type { Storage } from './storage.ts';

export interface Queues {
  /** By the bundle of the function that works on each. */
  readonly work: ReadonlyMap<string, WorkQueue>;
  /** Has one message for each object in the failures bucket. */
  readonly parkedRecords: DeadLetterQueue;
}

/**
 * The queues between the steps. `workers` limits how many voicemails each step processes at a time:
 * without it SQS would have up to 1,250 functions run for it, and a morning's burst would
 * take the account's 1,000, from the functions of the contact center's own flows first of
 * all. These here are 29 at most, or more
 * with the setting `voicemailsPerSecond`.
 */
export function queues(scope: Construct, { failures }: Pick<Storage, 'failures'>): Queues {
  const work = new Map<string, WorkQueue>();
  for (const [bundle, { queue, timeoutSeconds }] of DEPLOYMENTS) {
    if (!queue) continue;
    const { name, delaySeconds, deadLettersImpact, backlogImpact } = queue;
    const made = new WorkQueue(scope, name, {
      workerTimeout: Duration.seconds(timeoutSeconds),
      ...(delaySeconds !== undefined && { delay: Duration.seconds(delaySeconds) }),
      title: deadLettersTitle(name),
      impact: deadLettersImpact,
      behind: { title: behindTitle(name), impact: backlogImpact },
    });
    work.set(bundle, made);
  }
  const parkedRecords = new DeadLetterQueue(scope, 'parked-records', RECORD_ALARMS.parked);
  new EventRoute(scope, 'on-parked-record', { pattern: objectsCreated(failures), to: parkedRecords.queue });
  return { work, parkedRecords };
}
