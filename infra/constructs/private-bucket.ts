import { CfnResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface PrivateBucketProps {
  /** Days after which an object is deleted. */
  readonly retentionDays: number;
  /** What is deleted: the objects below this folder. Absent: all. What is held stands beside it: see `heldKeyOf`. */
  readonly expiring?: string;
}

/** For this long, a deleted or overwritten object can be brought back. */
const UNDELETE_DAYS = 7;

/**
 * A bucket for what callers said: private, TLS only, encrypted by S3, versioned,
 * emptied by age, and kept when the stack is deleted. It tells EventBridge of
 * every new object.
 */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { retentionDays, expiring }: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      versioned: true,
      lifecycleRules: [
        {
          id: 'retention',
          expiration: Duration.days(retentionDays),
          ...(expiring !== undefined && { prefix: expiring }),
        },
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

/** The CDK's own `eventBridgeEnabled` would add a Lambda function of its own to do what one property does. */
function sendEventsToEventBridge(bucket: Bucket): void {
  const resource = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new TypeError('a bucket is no CloudFormation resource');
  resource.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
}
