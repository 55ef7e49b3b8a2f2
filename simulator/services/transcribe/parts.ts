import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import type { ApiRequest, Permission } from '../../service.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import type { JobStore } from './job-store.ts';
import type { TranscriptionJob } from './job.ts';

/** What the operations work with. */
export interface TranscribeParts {
  readonly jobs: JobStore;
  readonly s3: Pick<SimulatedS3, 'get' | 'put'>;
  readonly account: Account;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Has a job done, later. */
  readonly begin: (job: TranscriptionJob) => void;
}

/** An operation's own action on the job it names. */
export function onJob(action: string, { account: { partition, region } }: Pick<TranscribeParts, 'account'>) {
  return ({ TranscriptionJobName: name }: JsonObject, { caller }: ApiRequest): readonly Permission[] => [
    {
      action: `transcribe:${action}`,
      resource: `arn:${partition}:transcribe:${region}:${caller.accountId}:transcription-job/${String(name)}`,
    },
  ];
}
