import { Duration } from 'aws-cdk-lib';
import type { Bundle } from '../impact.ts';

/** How long each function may run; queues hide a message for six times as long. */
export const TIMEOUTS: Readonly<Record<Bundle, Duration>> = {
  // A hundred records, each a ledger entry and a message.
  'contact-records': Duration.seconds(60),
  // An hour of audio at the pace that Kinesis Video Streams allows.
  'save-recording': Duration.minutes(5),
  'start-transcription': Duration.seconds(30),
  'transcription-failed': Duration.seconds(30),
  'deliver-voicemail': Duration.seconds(60),
  'presign-recording': Duration.seconds(10),
  'open-recording': Duration.seconds(10),
  // The longest that a flow waits for a function.
  'show-voicemail': Duration.seconds(8),
  // Less than the minute between two sweeps, so that they do not overlap.
  sweep: Duration.seconds(50),
};
