import { apiAnswer, type JsonOperation } from '../../../gateway/protocols.ts';
import { badRequest, jobNotFound } from '../errors.ts';
import { parseJobName } from '../job-order.ts';
import { onJob } from '../input.ts';
import type { TranscribeParts } from '../parts.ts';

/** Deletes the job. Its transcript stays. */
export function deleteTranscriptionJob(parts: TranscribeParts): JsonOperation {
  return {
    name: 'DeleteTranscriptionJob',
    needs: onJob('DeleteTranscriptionJob', parts),
    answer(input) {
      const name = parseJobName(input);
      const job = parts.jobs.find(name);
      if (!job) throw jobNotFound();
      if (!job.outcome) {
        // It is documented that this is refused; the service's message is not documented.
        throw badRequest(
          "The requested job is in progress and can't be deleted. Try again when it has ended.",
        );
      }
      parts.jobs.remove(name);
      return apiAnswer({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '' });
    },
  };
}
