import type { Account } from '../../account.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import type { JobStore } from './job-store.ts';
import type { TranscriptionJob } from './job.ts';

/** What the operations work on. */
export interface TranscribeParts {
  readonly jobs: JobStore;
  readonly s3: Pick<SimulatedS3, 'get' | 'put'>;
  readonly keys?: KeyRing;
  readonly account: Account;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs a job later. */
  readonly begin: (job: TranscriptionJob) => void;
}
