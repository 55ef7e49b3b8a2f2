import { CfnResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
  TransitionDefaultMinimumObjectSize,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ARCHIVES, type Kept } from '../retention-settings.ts';

export interface PrivateBucketProps {
  /** When an object is archived, and deleted. */
  readonly kept: Kept;
  /** Of which objects: those below this folder. Absent: all. What is held stands beside it: see `heldKeyOf`. */
  readonly folder?: string;
}

/** For this long, a deleted or overwritten object can be brought back. */
const UNDELETE_DAYS = 7;

/**
 * A bucket for what callers said: private, TLS only, encrypted by S3, versioned,
 * emptied by age, archived before that if the settings say so, and kept when the stack is deleted. It tells EventBridge of
 * every new object.
 */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { kept, folder }: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      versioned: true,
      ...(kept.archive && { transitionDefaultMinimumObjectSize: WORTH_ARCHIVING }),
      lifecycleRules: [
        ...retentionRules(kept, folder),
        {
          id: 'what-was-deleted',
          noncurrentVersionExpiration: Duration.days(UNDELETE_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    sendEventsToEventBridge(this.bucket);
  }
}

/** Smaller objects cost more in an archive than where they are. S3's own rule, which older buckets do not have. */
const WORTH_ARCHIVING = TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K;

/** None for what stays where it is forever. */
function retentionRules({ deleteAfterDays, archive }: Kept, prefix: string | undefined): LifecycleRule[] {
  const isDeleted = deleteAfterDays < Infinity;
  if (!isDeleted && !archive) return [];
  return [
    {
      id: 'retention',
      ...(isDeleted && { expiration: Duration.days(deleteAfterDays) }),
      ...(archive && {
        transitions: [
          {
            storageClass: new StorageClass(ARCHIVES[archive.to].storageClass),
            transitionAfter: Duration.days(archive.afterDays),
          },
        ],
      }),
      ...(prefix !== undefined && { prefix }),
    },
  ];
}

/** The CDK's own `eventBridgeEnabled` would add a Lambda function of its own to do what one property does. */
function sendEventsToEventBridge(bucket: Bucket): void {
  const resource = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new TypeError('a bucket is no CloudFormation resource');
  resource.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
}
