import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import { addVersion, type Bucket, findLatest, newVersionId, type ObjectVersion } from './bucket.ts';
import type { BytesFolder, StoredBytes } from './bytes-folder.ts';
import { checkWriteCondition, type WriteCondition } from './conditions.ts';
import { type CreatedReason, objectCreatedEvent, type Writer } from './object-created.ts';

export interface NewObject {
  readonly bucket: Bucket;
  readonly key: string;
  readonly headers: ObjectVersion['headers'];
  readonly metadata: ObjectVersion['metadata'];
  readonly tags: ObjectVersion['tags'];
  readonly condition: WriteCondition;
  readonly reason: CreatedReason;
  readonly writer: Writer;
  /** Set if the ETag is not the MD5 of the bytes. */
  readonly etag?: string;
  /** Those of a multipart upload. */
  readonly parts?: ObjectVersion['parts'];
  /** Puts the bytes into a file. Not called if the condition does not hold. */
  readonly keep: () => Promise<StoredBytes>;
}

export interface ObjectWriter {
  readonly write: (object: NewObject) => Promise<ObjectVersion>;
}

/**
 * The only way to make an object. The condition is checked before and after the bytes are written, so that
 * only one of two writers can be first.
 */
export function createObjectWriter({
  account,
  clock,
  happenings,
  bytes,
  onEvent,
}: {
  account: Account;
  clock: Clock;
  happenings: Happenings;
  bytes: BytesFolder;
  onEvent: (event: EventBridgeEvent) => void;
}): ObjectWriter {
  let ordinal = 0;

  return {
    async write({ bucket, key, condition, reason, writer, etag, parts, keep, ...rest }) {
      const check = () => checkWriteCondition(condition, { key, current: findLatest(bucket, key) });
      check();
      const kept = await keep();
      try {
        check();
      } catch (error) {
        await bytes.discard(kept);
        throw error;
      }

      const version: ObjectVersion = {
        key,
        ...(bucket.versioned && { versionId: newVersionId() }),
        etag: etag ?? kept.md5,
        lastModifiedMs: clock.now(),
        bytes: kept,
        headers: rest.headers,
        metadata: rest.metadata,
        tags: rest.tags,
        ...(parts && { parts }),
      };
      const replaced = addVersion(bucket, version);
      const { name, eventBridge } = bucket;
      ordinal += 1;
      happenings.tell({
        kind: 'object-created',
        atMs: version.lastModifiedMs,
        bucket: name,
        key,
        sizeBytes: kept.sizeBytes,
      });
      if (eventBridge) onEvent(objectCreatedEvent({ account, bucket, version, reason, writer, ordinal }));
      if (replaced) await bytes.discard(replaced.bytes);
      return version;
    },
  };
}
