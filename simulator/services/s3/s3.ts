import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { inBackground } from '../../in-background.ts';
import type { Happenings } from '../../happenings.ts';
import type { Service } from '../../service.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import { type AccessByServices, accessByServices } from './access-by-services.ts';
import { type Bucket, type BucketOptions, liveObjects } from './bucket.ts';
import { type BytesFolder, createBytesFolder } from './bytes-folder.ts';
import { bucketNotEmpty } from './errors.ts';
import { s3Operations } from './operations.ts';
import { liveOn } from './lifecycle.ts';
import { type Buckets, requireBucket } from './parts.ts';
import { s3Service } from './protocol.ts';
import { createObjectWriter } from './write-object.ts';

export interface SimulatedS3 extends AccessByServices {
  readonly service: Service;
  readonly createBucket: (options: BucketOptions) => void;
  /** It keeps its objects and its policy. Throws AwsError NoSuchBucket. */
  readonly changeBucket: (options: BucketOptions) => void;
  /** JSON; undefined takes it away. It is kept and shown, and decides nothing. Throws AwsError NoSuchBucket. */
  readonly setBucketPolicy: (name: string, policy: string | undefined) => void;
  /** Throws AwsError NoSuchBucket, BucketNotEmpty. */
  readonly deleteBucket: (name: string) => void;
  readonly hasBucket: (name: string) => boolean;
  /** Keys in the order of a listing. Throws AwsError NoSuchBucket. */
  readonly list: (bucket: string, prefix?: string) => readonly string[];
}

/**
 * Amazon S3: objects as files in `folder`, and their properties in memory. Path-style addresses only.
 * `onEvent` gets an "Object Created" event for every object written to a bucket with EventBridge on.
 *
 * Not simulated: making and configuring buckets through the API (only deleting them); what a template says of a bucket
 * is shown, but its policy, CORS and logging do nothing; of encryption, the key of each object is asked; other events, writing to
 * another storage class than STANDARD, object lock, websites, replication, ACLs beside the owner's, CRC32C and CRC64NVME checksums.
 */
export function createS3({
  clock,
  happenings,
  folder,
  onEvent,
  account = LAPTOP_ACCOUNT,
  keys,
}: {
  clock: Clock;
  happenings: Happenings;
  folder: string;
  onEvent: (event: EventBridgeEvent) => void;
  account?: Account;
  /** Absent: nothing is asked of a key. */
  keys?: KeyRing;
}): SimulatedS3 {
  const kept = new Map<string, Bucket>();
  const bytes = createBytesFolder(folder);
  const buckets = livingBuckets(kept, { clock, bytes });
  const encrypting = { account, ...(keys && { keys }) };
  const writer = createObjectWriter({ account, clock, happenings, bytes, onEvent });
  function deleteBucket(name: string): void {
    if (requireBucket({ buckets }, name).versions.size > 0) throw bucketNotEmpty(name);
    kept.delete(name);
  }
  const operations = s3Operations({ ...encrypting, clock, buckets, bytes, writer, deleteBucket });

  return {
    service: s3Service({ clock, operations }),
    createBucket(options) {
      const { name } = options;
      if (kept.has(name)) throw new Error(`there is a bucket ${name} already`);
      kept.set(name, { ...options, createdMs: clock.now(), versions: new Map(), uploads: new Map() });
    },
    changeBucket(options) {
      const { createdMs, versions, uploads, policy } = requireBucket({ buckets }, options.name);
      kept.set(options.name, { ...options, createdMs, versions, uploads, policy });
    },
    setBucketPolicy: (name, policy) => void (requireBucket({ buckets }, name).policy = policy),
    deleteBucket,
    hasBucket: (name) => kept.has(name),
    ...accessByServices({ encrypting, clock, bytes, writer, buckets }),
    list: (bucket, prefix) => liveObjects(requireBucket({ buckets }, bucket), prefix).map(({ key }) => key),
  };
}

/** The buckets, each after what its life cycle has done by now. */
function livingBuckets(
  kept: ReadonlyMap<string, Bucket>,
  { clock, bytes }: { readonly clock: Clock; readonly bytes: BytesFolder },
): Buckets {
  return {
    get(name) {
      const bucket = kept.get(name);
      for (const left of bucket ? liveOn(bucket, clock.now()) : []) inBackground(bytes.discard(left));
      return bucket;
    },
    values: () => kept.values(),
  };
}
