import type { Quota } from '../../world/account-state.ts';

/**
 * AWS's defaults. Codes and values are those that a list of the API's answers has, made public by others in
 * 2024 (not verified in an account), but for Kinesis Video Streams, whose developer guide says 10,000 in 2026.
 */
export const DEFAULT_QUOTAS: readonly Quota[] = [
  quota('connect', 'L-E704D621', 'Rate of StartTaskContact API requests', 2),
  quota('connect', 'L-E3D2F503', 'AWS Lambda functions per instance', 50),
  quota('kinesisvideo', 'L-F06528A6', 'Number of video streams', 10_000),
  quota('transcribe', 'L-6F7AB1C9', 'Number of concurrent batch transcription jobs', 250),
  quota('lambda', 'L-B99A9384', 'Concurrent executions', 1000),
];

function quota(serviceCode: string, quotaCode: string, quotaName: string, value: number): Quota {
  return { serviceCode, quotaCode, quotaName, value };
}
