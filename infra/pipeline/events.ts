import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { VoicemailConfig } from '../config.ts';
import { EventRoute, objectsCreated } from '../constructs/event-route.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

/**
 * A flagged call. Nothing is asked about its recordings: one without any is still
 * a caller to call back. Nor about its agent: whether there was one is for the
 * function to see, as a filter tells `null` from absent.
 */
const VOICEMAIL_RECORD = { data: { Channel: ['VOICE'], Attributes: { vmx3_flag: ['1'] } } };

/** A stream keeps records for 24 hours unless told otherwise; an hour less, so that a batch is set aside before it is gone. */
const OLDEST_RECORD = Duration.hours(23);

/**
 * How many voicemails each step deals with at a time. Without a limit SQS would have
 * up to 1,250 functions run for it, and a morning's burst would take the account's
 * 1,000, from the functions of the contact center's own flows first of all. These
 * here are 29 at most, 31 with the two that sign links.
 *
 * - recording: a dozen calls of 100 to 200 ms, so 2 s for a message of a minute or two;
 *   20 / 2 s = 10 voicemails a second. 2,000 calls that end together are stored after 200 s,
 *   while their delivery takes 1,000 s. A message of an hour keeps one of the 20 for minutes.
 * - transcription: 3 calls, 0.2 s; 5 / 0.2 s = 25 a second, which is how many jobs
 *   Transcribe lets an account start. 250 may run, at 15 s each 16 a second; what is above
 *   that is refused, and comes again.
 * - transcriptionFailed: rare; when Transcribe is out, 2 / 0.3 s = 6 a second.
 * - delivery: Amazon Connect lets an account start 2 tasks a second, 5 in a burst. One
 *   delivery takes about a second, most of it spent in Connect, so 2 at a time
 *   make 2 a second. More would only be throttled and come again.
 *
 * The durations are estimates: nothing of it has run on AWS.
 */
const AT_A_TIME = { recording: 20, transcription: 5, transcriptionFailed: 2, delivery: 2 };

export interface EventsProps {
  readonly config: VoicemailConfig;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly functions: Functions;
}

/** What sets each function going. Answers what reads the contact records. */
export function connectEvents(
  scope: Construct,
  { config, storage, queues, functions }: EventsProps,
): { readonly contactRecords: CfnEventSourceMapping } {
  const contactRecords = readContactRecords(functions['contact-records'], {
    streamArn: config.contactRecordStreamArn,
    failuresBucketArn: storage.failures.bucketArn,
  });

  queues.recording.invoke(functions['save-recording'], AT_A_TIME.recording);
  queues.transcription.invoke(functions['start-transcription'], AT_A_TIME.transcription);
  queues.transcriptionFailed.invoke(functions['transcription-failed'], AT_A_TIME.transcriptionFailed);
  queues.delivery.invoke(functions['deliver-voicemail'], AT_A_TIME.delivery);

  new EventRoute(scope, 'on-recording', {
    pattern: objectsCreated(storage.recordings, 'recordings/*.wav'),
    to: queues.transcription.queue,
    deadLetters: queues.transcription.deadLetters,
  });
  new EventRoute(scope, 'on-failed-transcription', {
    pattern: {
      source: ['aws.transcribe'],
      detailType: ['Transcribe Job State Change'],
      detail: { TranscriptionJobStatus: ['FAILED'], TranscriptionJobName: [{ prefix: 'vmx3_' }] },
    },
    to: queues.transcriptionFailed.queue,
    deadLetters: queues.transcriptionFailed.deadLetters,
  });
  new EventRoute(scope, 'on-transcript', {
    pattern: objectsCreated(storage.transcripts, 'transcripts/*.json'),
    to: queues.delivery.queue,
    deadLetters: queues.delivery.deadLetters,
  });
  new EventRoute(scope, 'on-parked-record', {
    pattern: objectsCreated(storage.failures),
    to: queues.parkedRecords.queue,
  });
  new Rule(scope, 'every-minute', {
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(functions.sweep.function)],
  });
  return { contactRecords };
}

/**
 * The shards of the contact record stream, from their oldest record on: what came
 * in while the stack was being deployed is not lost, and what was seen before is
 * known to the ledger.
 */
function readContactRecords(
  contactRecords: PipelineFunction,
  { streamArn, failuresBucketArn }: { readonly streamArn: string; readonly failuresBucketArn: string },
): CfnEventSourceMapping {
  return new CfnEventSourceMapping(contactRecords, 'Records', {
    functionName: contactRecords.function.functionName,
    eventSourceArn: streamArn,
    startingPosition: 'TRIM_HORIZON',
    batchSize: 100,
    // Counted before the filter: an alarm tells when nothing is read.
    metricsConfig: { metrics: ['EventCount'] },
    parallelizationFactor: 10,
    filterCriteria: { filters: [{ pattern: JSON.stringify(VOICEMAIL_RECORD) }] },
    functionResponseTypes: ['ReportBatchItemFailures'],
    bisectBatchOnFunctionError: true,
    // Tried until it works or grows too old: an outage must not use up the tries.
    maximumRetryAttempts: -1,
    maximumRecordAgeInSeconds: OLDEST_RECORD.toSeconds(),
    destinationConfig: { onFailure: { destination: failuresBucketArn } },
  });
}
