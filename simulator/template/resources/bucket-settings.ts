import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import type { BucketSettings } from '../../services/s3/bucket.ts';

const Rule = z.record(z.string(), z.unknown());
const Rules = z.looseObject({ Rules: z.array(Rule) });
const YesOrNo = z.coerce.string().default('false');

/** The properties of an AWS::S3::Bucket that the API shows: the API has other names for some of their members. */
export const BucketSettingsShape = {
  CorsConfiguration: z.looseObject({ CorsRules: z.array(Rule) }).optional(),
  LifecycleConfiguration: Rules.extend({
    TransitionDefaultMinimumObjectSize: z.string().exactOptional(),
  }).optional(),
  LoggingConfiguration: z
    .strictObject({
      DestinationBucketName: z.string().optional(),
      LogFilePrefix: z.string().default(''),
      TargetObjectKeyFormat: z.unknown().optional(),
    })
    .optional(),
  OwnershipControls: Rules.optional(),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: YesOrNo,
      IgnorePublicAcls: YesOrNo,
      BlockPublicPolicy: YesOrNo,
      RestrictPublicBuckets: YesOrNo,
    })
    .optional(),
} as const;

const Settings = z.object(BucketSettingsShape);

/** As the API writes them. Source: CloudFormation's AWS::S3::Bucket beside Amazon S3 API Reference. */
export function bucketSettings(
  { CorsConfiguration, LifecycleConfiguration, LoggingConfiguration, ...same }: z.infer<typeof Settings>,
  bucketName: string,
): BucketSettings {
  const { OwnershipControls, PublicAccessBlockConfiguration } = same;
  return {
    ...(CorsConfiguration && { cors: { CORSRule: CorsConfiguration.CorsRules.map(corsRule) } }),
    ...(LifecycleConfiguration && lifecycleOf(LifecycleConfiguration)),
    ...(LoggingConfiguration && { logging: loggingOf(LoggingConfiguration, bucketName) }),
    ...(OwnershipControls && { ownershipControls: { Rule: OwnershipControls.Rules } }),
    ...(PublicAccessBlockConfiguration && { publicAccessBlock: PublicAccessBlockConfiguration }),
  };
}

function corsRule(rule: JsonObject): JsonObject {
  return {
    ID: rule['Id'],
    AllowedHeader: rule['AllowedHeaders'],
    AllowedMethod: rule['AllowedMethods'],
    AllowedOrigin: rule['AllowedOrigins'],
    ExposeHeader: rule['ExposedHeaders'],
    MaxAgeSeconds: rule['MaxAge'],
  };
}

function loggingOf(
  { DestinationBucketName, LogFilePrefix, TargetObjectKeyFormat }: JsonObject,
  bucketName: string,
): JsonObject {
  return {
    LoggingEnabled: {
      TargetBucket: DestinationBucketName ?? bucketName,
      TargetPrefix: LogFilePrefix,
      TargetObjectKeyFormat,
    },
  };
}

function lifecycleOf({
  Rules: rules,
  TransitionDefaultMinimumObjectSize: transitionDefaultMinimumObjectSize,
}: NonNullable<z.infer<typeof Settings>['LifecycleConfiguration']>): Partial<BucketSettings> {
  return {
    lifecycle: { Rule: rules.map(lifecycleRule) },
    ...(transitionDefaultMinimumObjectSize !== undefined && { transitionDefaultMinimumObjectSize }),
  };
}

/** Members that both call the same are left as they are. */
function lifecycleRule(rule: JsonObject): JsonObject {
  const { Id, Status, AbortIncompleteMultipartUpload, NoncurrentVersionExpiration } = rule;
  const expiration = {
    ...(rule['ExpirationInDays'] !== undefined && { Days: rule['ExpirationInDays'] }),
    ...(rule['ExpirationDate'] !== undefined && { Date: rule['ExpirationDate'] }),
    ...(rule['ExpiredObjectDeleteMarker'] !== undefined && {
      ExpiredObjectDeleteMarker: rule['ExpiredObjectDeleteMarker'],
    }),
  };
  const oldDays = rule['NoncurrentVersionExpirationInDays'];
  return {
    ID: Id,
    Filter: filterOf(rule),
    Status,
    ...(Object.keys(expiration).length > 0 && { Expiration: expiration }),
    Transition: transitionsOf(rule, 'Transition', { TransitionInDays: 'Days', TransitionDate: 'Date' }),
    NoncurrentVersionTransition: transitionsOf(rule, 'NoncurrentVersionTransition', {
      TransitionInDays: 'NoncurrentDays',
    }),
    NoncurrentVersionExpiration:
      NoncurrentVersionExpiration ?? (oldDays === undefined ? undefined : { NoncurrentDays: oldDays }),
    AbortIncompleteMultipartUpload,
  };
}

/** What a rule is for; several conditions stand under `And`. */
function filterOf(rule: JsonObject): JsonObject {
  const { Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
  const tags = [rule['TagFilters'] ?? []].flat();
  const conditions = Object.entries({ Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan }).filter(
    ([, value]) => value !== undefined,
  );
  const all = { ...Object.fromEntries(conditions), ...(tags.length > 0 && { Tag: tags }) };
  const count = conditions.length + tags.length;
  if (count === 0) return { Prefix: '' };
  return count === 1 ? all : { And: all };
}

/** `Transitions`, or the older `Transition` for one. */
function transitionsOf(
  rule: JsonObject,
  name: string,
  names: Readonly<Record<string, string>>,
): readonly JsonObject[] {
  const given = [rule[`${name}s`] ?? rule[name] ?? []].flat().filter(isJsonObject);
  return given.map((one) =>
    Object.fromEntries(Object.entries(one).map(([member, value]) => [names[member] ?? member, value])),
  );
}
