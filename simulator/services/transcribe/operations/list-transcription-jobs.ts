import type { JsonOperation } from '../../../gateway/protocols.ts';
import { badRequest, violated } from '../errors.ts';
import { enumConstraint, findText } from '../job-order.ts';
import { jobSummary, statusOf } from '../job.ts';
import type { TranscribeParts } from '../parts.ts';

const STATUSES: ReadonlySet<string> = new Set(['QUEUED', 'IN_PROGRESS', 'FAILED', 'COMPLETED']);
const DEFAULT_RESULTS = 5;
const MOST_RESULTS = 100;

/** The newest first. The token is the number of jobs on the pages before. */
export function listTranscriptionJobs({ jobs }: TranscribeParts): JsonOperation {
  return {
    name: 'ListTranscriptionJobs',
    needs: () => [{ action: 'transcribe:ListTranscriptionJobs', resource: '*' }],
    answer(input) {
      const status = findText(input, 'Status');
      if (status !== undefined && !STATUSES.has(status))
        throw violated(status, 'status', enumConstraint(STATUSES));
      const part = findText(input, 'JobNameContains')?.toLowerCase() ?? '';
      const count = parseMaxResults(input['MaxResults']);
      const start = parseToken(findText(input, 'NextToken'));

      const found = jobs
        .all()
        .filter((job) => status === undefined || statusOf(job) === status)
        .filter((job) => job.order.name.toLowerCase().includes(part));
      const end = start + count;
      return {
        Status: status,
        NextToken: end < found.length ? Buffer.from(String(end)).toString('base64') : undefined,
        TranscriptionJobSummaries: found.slice(start, end).map(jobSummary),
      };
    },
  };
}

function parseMaxResults(value: unknown): number {
  if (value === undefined) return DEFAULT_RESULTS;
  if (typeof value !== 'number' || value < 1)
    throw violated(value, 'maxResults', 'Member must have value greater than or equal to 1');
  if (value > MOST_RESULTS)
    throw violated(value, 'maxResults', 'Member must have value less than or equal to 100');
  return value;
}

function parseToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64').toString('latin1'));
  if (Number.isInteger(start) && start > 0) return start;
  throw badRequest('The NextToken is not valid. Use the token of the response before.');
}
