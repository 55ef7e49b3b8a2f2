import { z } from 'zod';
import { flowSettingsSchema, LANGUAGE } from '../../flows/settings.ts';
import { AUDIO_SOURCES } from '../../src/domain/audio-source.ts';
import { DELIVERY_MODES } from '../../src/domain/delivery-mode.ts';
import { LOG_LEVELS } from '../../src/domain/log-level.ts';
import { addressList, emailSettingsSchema } from '../email-settings.ts';
import { CERTIFICATE_ARN, LINK_DOMAIN_NAME, linkSettingsSchema } from '../link-settings.ts';
import { isRegionTimeZone } from '../time-zone.ts';
import { bootstrapSchema } from '../bootstrap-settings.ts';
import { retentionSchema } from '../retention-settings.ts';
import { tagsSchema } from './tags.ts';
import { LOG_RETENTION_DAYS, LONGEST_TASK_DAYS, MONITORING, NOTIFIED } from './allowed.ts';

export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** By setting: what its text must look like by itself. */
export const PATTERNS = {
  /** Source: CloudFormation API, CreateStack, StackName. */
  stackName: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  instanceArn: new RegExp(String.raw`^arn:aws[a-z-]*:connect:[a-z0-9-]+:\d{12}:instance/${UUID}$`),
  contactRecordStreamArn: /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128}$/,
  contactRecordStreamKmsKeyArn: KEY_ARN,
  kmsKeyArn: KEY_ARN,
  /** Source: IAM API, Policy, Arn. */
  permissionsBoundaryArn: /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/,
  'mediaStreams.prefix': /^[A-Za-z0-9._-]{1,128}$/,
  'mediaStreams.kmsKeyArn': KEY_ARN,
  'ivrRecordings.bucket': /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'ivrRecordings.prefix': /^(?!\/|s3:\/\/)[A-Za-z0-9/._=+@:-]{1,512}$/,
  'ivrRecordings.kmsKeyArn': KEY_ARN,
  /** A host name's first label. Source: Amazon Connect API, CreateInstance, InstanceAlias. */
  instanceAlias: /^(?!d-)[a-z0-9](?:[a-z0-9-]{0,43}[a-z0-9])?$/,
  /** Source: Customer Profiles API, CreateDomain, DomainName. */
  'customerProfiles.domain': /^[a-zA-Z0-9_-]{1,64}$/,
  'links.domainName': LINK_DOMAIN_NAME,
  'links.certificateArn': CERTIFICATE_ARN,
  defaultLanguage: LANGUAGE,
} as const;

const text = (setting: keyof typeof PATTERNS) => z.string().regex(PATTERNS[setting]);

export const SETTINGS = z
  .strictObject({
    stackName: text('stackName').exactOptional(),
    instanceArn: text('instanceArn'),
    contactRecordStreamArn: text('contactRecordStreamArn'),
    contactRecordStreamKmsKeyArn: text('contactRecordStreamKmsKeyArn').exactOptional(),
    audioSource: z.enum(AUDIO_SOURCES).exactOptional(),
    mediaStreams: z
      .strictObject({
        prefix: text('mediaStreams.prefix'),
        kmsKeyArn: text('mediaStreams.kmsKeyArn').exactOptional(),
      })
      .exactOptional(),
    ivrRecordings: z
      .strictObject({
        bucket: text('ivrRecordings.bucket'),
        prefix: text('ivrRecordings.prefix').exactOptional(),
        kmsKeyArn: text('ivrRecordings.kmsKeyArn').exactOptional(),
      })
      .exactOptional(),
    instanceAlias: text('instanceAlias'),
    fallbackQueueArn: z.string(),
    defaultLanguage: z.union([z.literal('auto'), text('defaultLanguage')]),
    timeZone: z.string().refine(isRegionTimeZone),
    retentionDays: z.int().min(1).max(3650),
    retention: retentionSchema.exactOptional(),
    linkDays: z.int().min(1),
    links: linkSettingsSchema.exactOptional(),
    taskDays: z.int().min(1).max(LONGEST_TASK_DAYS).exactOptional(),
    transcriptDeadlineMinutes: z.int().min(1).max(1440),
    voicemailsPerSecond: z.int().min(2).max(200).exactOptional(),
    minimumSeconds: z.number().min(0).max(10),
    deliverBlank: z.boolean(),
    deliveryMode: z.enum(DELIVERY_MODES).exactOptional(),
    attachRecording: z.boolean().exactOptional(),
    customerProfiles: z.strictObject({ domain: text('customerProfiles.domain') }).exactOptional(),
    notify: z.strictObject({ agents: z.enum(NOTIFIED) }).exactOptional(),
    email: emailSettingsSchema.exactOptional(),
    audioPlacement: z.enum(['by-time', 'joined']).exactOptional(),
    monitoring: z.enum(MONITORING).exactOptional(),
    kmsKeyArn: text('kmsKeyArn').exactOptional(),
    permissionsBoundaryArn: text('permissionsBoundaryArn').exactOptional(),
    bootstrap: bootstrapSchema.exactOptional(),
    tags: tagsSchema.exactOptional(),
    canary: z.strictObject({ queueArn: z.string(), everyHours: z.int().min(1).max(23) }).exactOptional(),
    testQueue: z.string().min(1).max(256).exactOptional(),
    alarmEmails: addressList.exactOptional(),
    logRetentionDays: z.literal(LOG_RETENTION_DAYS),
    logLevel: z.enum(LOG_LEVELS).exactOptional(),
    flows: flowSettingsSchema.exactOptional(),
  })
  .readonly();

/** Settings as they are when they were found to be right. */
export type Settings = z.infer<typeof SETTINGS>;
