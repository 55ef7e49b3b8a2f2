import assert from 'node:assert/strict';
import type { Grant } from '../../simulator/gateway/grants.ts';

/**
 * By prefix: granted, but used by nothing that the simulator sees. One that is used, or gone, fails the
 * test.
 */
export const EXPLAINED: Readonly<Record<string, string>> = {
  'kinesis:DescribeStreamSummary':
    'Lambda asks for it when it reads a stream: AWSLambdaKinesisExecutionRole has it. The simulator reads by itself.',
  'ses:SendEmail arn:aws:ses:us-east-1:111122223333:identity/voicemail@example.com':
    'SES asks for the identity that is verified: the domain here, the address elsewhere.',
};

/** Throws if a grant is not used and has no explanation, and for an explanation that explains nothing. */
export function onlyExplained(grants: readonly Grant[], explained: Readonly<Record<string, string>>): void {
  const unused = grants.filter(({ isUsed }) => !isUsed);
  const starts = Object.keys(explained);

  assert.deepEqual(
    unused.filter((grant) => !starts.some((start) => lineOf(grant).startsWith(start))),
    [],
  );
  assert.deepEqual(
    starts.filter((start) => !unused.some((grant) => lineOf(grant).startsWith(start))),
    [],
    'an explanation that explains nothing',
  );
}

const lineOf = ({ action, resource }: Grant) => `${action} ${resource}`;
