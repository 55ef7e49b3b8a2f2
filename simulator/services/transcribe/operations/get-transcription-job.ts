import type { JsonOperation } from '../../../gateway/protocols.ts';
import { jobNotFound } from '../errors.ts';
import { parseJobName } from '../job-order.ts';
import { jobDescription } from '../job.ts';
import { onJob } from '../input.ts';
import type { TranscribeParts } from '../parts.ts';

export function getTranscriptionJob(parts: TranscribeParts): JsonOperation {
  return {
    name: 'GetTranscriptionJob',
    needs: onJob('GetTranscriptionJob', parts),
    answer(input) {
      const job = parts.jobs.find(parseJobName(input));
      if (!job) throw jobNotFound();
      return { TranscriptionJob: jobDescription(job, parts.account.region) };
    },
  };
}
