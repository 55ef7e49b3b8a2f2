import { z } from 'zod';
import type { AwsError } from '../../../service.ts';
import { invalidParameter, invalidRequest } from '../input.ts';

/** What an instance stores or sends on. Source: Amazon Connect API, ListInstanceStorageConfigs, `ResourceType`. */
const RESOURCE_TYPES = [
  'CHAT_TRANSCRIPTS',
  'CALL_RECORDINGS',
  'SCHEDULED_REPORTS',
  'MEDIA_STREAMS',
  'CONTACT_TRACE_RECORDS',
  'AGENT_EVENTS',
  'REAL_TIME_CONTACT_ANALYSIS_SEGMENTS',
  'ATTACHMENTS',
  'CONTACT_EVALUATIONS',
  'SCREEN_RECORDINGS',
  'REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS',
  'REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS',
  'EMAIL_MESSAGES',
] as const;

export type ResourceType = (typeof RESOURCE_TYPES)[number];

const STORAGE_TYPES = ['S3', 'KINESIS_VIDEO_STREAM', 'KINESIS_STREAM', 'KINESIS_FIREHOSE'] as const;

const encryption = z.strictObject({ EncryptionType: z.literal('KMS'), KeyId: z.string().min(1).max(128) });

/** Lengths and ranges are those of the API's reference. */
const Shape = z.strictObject({
  AssociationId: z.string().min(1).max(100).optional(),
  StorageType: z.enum(STORAGE_TYPES),
  S3Config: z
    .strictObject({
      BucketName: z.string().min(1).max(128),
      BucketPrefix: z.string().min(1).max(128),
      EncryptionConfig: encryption.optional(),
    })
    .optional(),
  KinesisVideoStreamConfig: z
    .strictObject({
      Prefix: z.string().min(1).max(128),
      RetentionPeriodHours: z.number().min(0).max(87_600),
      EncryptionConfig: encryption,
    })
    .optional(),
  KinesisStreamConfig: z.strictObject({ StreamArn: z.string().startsWith('arn:') }).optional(),
  KinesisFirehoseConfig: z.strictObject({ FirehoseArn: z.string().startsWith('arn:') }).optional(),
});

/** As it goes over the wire. */
export type StorageConfig = z.infer<typeof Shape>;

const MEMBER_OF = {
  S3: 'S3Config',
  KINESIS_VIDEO_STREAM: 'KinesisVideoStreamConfig',
  KINESIS_STREAM: 'KinesisStreamConfig',
  KINESIS_FIREHOSE: 'KinesisFirehoseConfig',
} as const satisfies Record<StorageConfig['StorageType'], keyof StorageConfig>;

/** Throws AwsError InvalidParameterException. */
export function requireResourceType(value: unknown): ResourceType {
  const found = RESOURCE_TYPES.find((type) => type === value);
  if (found) return found;
  throw invalidParameter(`ResourceType must be one of ${RESOURCE_TYPES.join(', ')}.`);
}

/** Throws AwsError InvalidParameterException, or InvalidRequestException where its type and its members disagree. */
export function requireStorageConfig(value: unknown, resourceType: ResourceType): StorageConfig {
  const parsed = Shape.safeParse(value);
  if (!parsed.success) throw invalidParameter(`StorageConfig is not valid: ${parsed.error.message}`);
  const config = parsed.data;
  const wanted = MEMBER_OF[config.StorageType];
  const given = Object.values(MEMBER_OF).filter((member) => config[member] !== undefined);
  if (given.length !== 1 || given[0] !== wanted) throw disagreement(config, given);
  if ((resourceType === 'MEDIA_STREAMS') !== (config.StorageType === 'KINESIS_VIDEO_STREAM')) {
    throw invalidRequest(`${resourceType} cannot be kept in ${config.StorageType}.`);
  }
  return config;
}

function disagreement({ StorageType }: StorageConfig, given: readonly string[]): AwsError {
  const came = given.length === 0 ? 'none' : given.join(', ');
  return invalidRequest(`StorageType ${StorageType} needs ${MEMBER_OF[StorageType]}, and got ${came}.`);
}
