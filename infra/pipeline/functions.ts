import { join } from 'node:path';
import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { type Bundle, failingTitle, FUNCTION_IMPACT } from '../impact.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';
import { TIMEOUTS } from './timeouts.ts';

/** Under which the functions' own metrics are found in CloudWatch; those of two stacks are told apart by the service. */
export const METRICS = { namespace: 'VoicemailExpress', service: Aws.STACK_NAME } as const;

export type Functions = Readonly<Record<Bundle, PipelineFunction>>;

export interface FunctionsProps {
  readonly config: VoicemailConfig;
  /** Holds one folder per bundle, as `npm run build` leaves them. */
  readonly functionsFolder: string;
  readonly storage: Storage;
  readonly queues: Queues;
}

/** Every function of the pipeline with its settings. They may do nothing yet: see `grants.ts`. */
export function functions(scope: Construct, props: FunctionsProps): Functions {
  const { config, functionsFolder, storage, queues } = props;
  const make = (bundle: Bundle, environment: Record<string, string>) =>
    new PipelineFunction(scope, bundle, {
      codeFolder: join(functionsFolder, bundle),
      title: failingTitle(bundle),
      impact: FUNCTION_IMPACT[bundle],
      timeout: TIMEOUTS[bundle],
      logRetention: config.logRetentionDays,
      environment: {
        POWERTOOLS_SERVICE_NAME: METRICS.service,
        POWERTOOLS_METRICS_NAMESPACE: METRICS.namespace,
        ...environment,
      },
    });

  const LEDGER_TABLE = storage.ledger.tableName;
  const RECORDINGS_BUCKET = storage.recordings.bucketName;
  const TRANSCRIPTS_BUCKET = storage.transcripts.bucketName;
  const DELIVERY_QUEUE_URL = queues.delivery.queue.queueUrl;
  const INSTANCE_ARN = config.instanceArn;
  const DELIVER_BLANK = String(config.deliverBlank);
  const RETENTION_DAYS = String(config.retentionDays);

  const openRecording = make('open-recording', {
    LEDGER_TABLE,
    RECORDINGS_BUCKET,
    LINK_SECRET_ARN: storage.linkSecret.secretArn,
    RETENTION_DAYS,
  });
  const presignRecording = make('presign-recording', {
    LINK_BASE_URL: publicUrlOf(openRecording),
    LINK_SECRET_ARN: storage.linkSecret.secretArn,
    LINK_DAYS: String(config.linkDays),
  });

  return {
    'contact-records': make('contact-records', {
      LEDGER_TABLE,
      RECORDING_QUEUE_URL: queues.recording.queue.queueUrl,
      DELIVERY_QUEUE_URL,
      FAILURES_BUCKET: storage.failures.bucketName,
      INSTANCE_ARN,
      DEFAULT_LANGUAGE: config.defaultLanguage,
      RETENTION_DAYS,
    }),
    'save-recording': make('save-recording', {
      LEDGER_TABLE,
      RECORDINGS_BUCKET,
      ...ownQueue(queues.recording),
      DELIVERY_QUEUE_URL,
      MINIMUM_SECONDS: String(config.minimumSeconds),
      DELIVER_BLANK,
      RETENTION_DAYS,
      ...ivrRecordingsOf(config),
      AUDIO_PLACEMENT: config.audioPlacement ?? 'by-time',
    }),
    'start-transcription': make('start-transcription', {
      LEDGER_TABLE,
      RECORDINGS_BUCKET,
      TRANSCRIPTS_BUCKET,
      ...ownQueue(queues.transcription),
      TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
      DELIVER_BLANK,
      RETENTION_DAYS,
    }),
    'transcription-failed': make('transcription-failed', {
      LEDGER_TABLE,
      TRANSCRIPTS_BUCKET,
      ...ownQueue(queues.transcriptionFailed),
      RETENTION_DAYS,
    }),
    'deliver-voicemail': make('deliver-voicemail', {
      LEDGER_TABLE,
      RECORDINGS_BUCKET,
      TRANSCRIPTS_BUCKET,
      ...ownQueue(queues.delivery),
      PRESIGN_FUNCTION: presignRecording.function.functionName,
      INSTANCE_ARN,
      DEFAULT_MODE: config.deliveryMode ?? 'guided_task',
      FALLBACK_QUEUE_ARN: config.fallbackQueueArn,
      TIME_ZONE: config.timeZone,
      RETENTION_DAYS,
    }),
    'presign-recording': presignRecording,
    'open-recording': openRecording,
    'show-voicemail': askedByFlows(
      make('show-voicemail', {
        LEDGER_TABLE,
        RECORDINGS_BUCKET,
        TRANSCRIPTS_BUCKET,
        INSTANCE_ARN,
        TIME_ZONE: config.timeZone,
        RETENTION_DAYS,
      }),
      config,
    ),
    sweep: make('sweep', {
      LEDGER_TABLE,
      TRANSCRIPTS_BUCKET,
      RECORDING_QUEUE_URL: queues.recording.queue.queueUrl,
      TRANSCRIPTION_QUEUE_URL: queues.transcription.queue.queueUrl,
      DELIVERY_QUEUE_URL,
      TRANSCRIPT_DEADLINE_MINUTES: String(config.transcriptDeadlineMinutes),
      RETENTION_DAYS,
    }),
  };
}

/** A handler changes its messages' visibility itself, and sets aside what can never succeed. */
function ownQueue({ queue, deadLetters }: WorkQueue): { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string } {
  return { QUEUE_URL: queue.queueUrl, DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl };
}

function ivrRecordingsOf({ ivrRecordings }: VoicemailConfig): Record<string, string> {
  if (!ivrRecordings) return {};
  const { bucket, prefix } = ivrRecordings;
  return { IVR_RECORDINGS_BUCKET: bucket, ...(prefix && { IVR_RECORDINGS_PREFIX: prefix }) };
}

/** Anyone may ask; the signed token in the path is what is checked, by the function itself. */
function publicUrlOf(openRecording: PipelineFunction): string {
  return openRecording.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
}

/** Flows of this instance may invoke it, once it is associated with the instance as well. */
function askedByFlows(asked: PipelineFunction, { instanceArn }: VoicemailConfig): PipelineFunction {
  asked.function.addPermission('AskedByFlows', {
    principal: new ServicePrincipal('connect.amazonaws.com'),
    sourceAccount: homeOf(instanceArn).accountId,
    sourceArn: instanceArn,
  });
  return asked;
}
