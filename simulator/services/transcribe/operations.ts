import type { JsonOperation } from '../../gateway/protocols.ts';
import { deleteTranscriptionJob } from './operations/delete-transcription-job.ts';
import { getTranscriptionJob } from './operations/get-transcription-job.ts';
import { listTranscriptionJobs } from './operations/list-transcription-jobs.ts';
import { startTranscriptionJob } from './operations/start-transcription-job.ts';
import type { TranscribeParts } from './parts.ts';

/** Everything that can be asked of Transcribe over the wire. */
export function transcribeOperations(parts: TranscribeParts): readonly JsonOperation[] {
  return [
    deleteTranscriptionJob(parts),
    getTranscriptionJob(parts),
    listTranscriptionJobs(parts),
    startTranscriptionJob(parts),
  ];
}
