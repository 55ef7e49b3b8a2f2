import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import type { Happenings } from '../../happenings.ts';
import { inBackground } from '../../in-background.ts';
import type { Recognizer } from '../../recognizer/recognizer.ts';
import type { Service } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { SimulatedEventBridge } from '../eventbridge/eventbridge.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import { jobEvent } from './job-event.ts';
import { createJobStore } from './job-store.ts';
import { type JobOutcome, statusOf, type TranscriptionJob } from './job.ts';
import { transcribeOperations } from './operations.ts';
import type { TranscribeParts } from './parts.ts';
import { runJob } from './run-job.ts';

export interface SimulatedTranscribe {
  readonly service: Service;
}

export interface TranscribeOptions {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly s3: Pick<SimulatedS3, 'get' | 'put'>;
  readonly bus: Pick<SimulatedEventBridge, 'put'>;
  /** It transcribes one recording at a time: jobs wait for each other. */
  readonly recognizer: Pick<Recognizer, 'transcribe'>;
  /** From the start of a job until its recording is transcribed; AWS needs 10 to 30 seconds. */
  readonly delayMs?: number;
  /** Languages of the recognizer, without region. */
  readonly knows?: readonly string[];
  readonly account?: Account;
  /** Absent: nothing is asked of a key. */
  readonly keys?: KeyRing;
}

/**
 * Amazon Transcribe, batch jobs on WAV files, with a real recognizer behind it.
 *
 * Not simulated, and answered with 501: several languages in one recording, vocabularies and models,
 * alternatives, speakers and channels, redaction, subtitles, toxicity, deferred execution, the service's own
 * output bucket. IdentifyLanguage does not listen: it is US English unless the options say otherwise, it
 * fails only if there are no words at all, and its own event is not sent. Without OutputEncryptionKMSKeyId the
 * output is encrypted with S3's own keys, whatever the bucket says. Limits on rate and on concurrent jobs can be injected as faults.
 */
export function createTranscribe({
  clock,
  happenings,
  s3,
  bus,
  recognizer,
  delayMs = 0,
  knows = ['en'],
  account = LAPTOP_ACCOUNT,
  keys,
}: TranscribeOptions): SimulatedTranscribe {
  const jobs = createJobStore();

  function begin(job: TranscriptionJob): void {
    tell(job);
    clock.after(delayMs, () => inBackground(complete(job)));
  }

  async function complete(job: TranscriptionJob): Promise<void> {
    // Transcribing takes the machine's time: fast time must not jump meanwhile.
    const done = clock.busy();
    try {
      const result = await runJob(job, { s3, recognizer, knows });
      const outcome: JobOutcome = { ...result, atMs: clock.now() };
      const ended = { ...job, outcome };
      jobs.replace(ended);
      tell(ended);
      bus.put(jobEvent(ended, outcome, account.region));
    } finally {
      done();
    }
  }

  function tell(job: TranscriptionJob): void {
    const { order, outcome } = job;
    happenings.tell({
      kind: 'transcription-job',
      atMs: clock.now(),
      jobName: order.name,
      status: statusOf(job),
      ...(outcome?.status === 'FAILED' && { reason: outcome.reason }),
    });
  }

  const parts: TranscribeParts = { jobs, s3, account, now: clock.now, begin, ...(keys && { keys }) };
  return {
    service: jsonService({
      name: 'transcribe',
      targetPrefix: 'Transcribe',
      version: '1.1',
      operations: transcribeOperations(parts),
    }),
  };
}
