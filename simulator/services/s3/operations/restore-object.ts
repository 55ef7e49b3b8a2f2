import { AwsError } from '../../../service.ts';
import { replaceVersion } from '../bucket.ts';
import { readPermission, requireObject } from '../find-object.ts';
import { midnightAfter } from '../lifecycle.ts';
import { versionHeader } from '../object-headers.ts';
import { objectNameIn } from '../permissions.ts';
import { requireBucket, type S3Operation, type S3Parts } from '../parts.ts';
import { isArchived, storageClassOf } from '../storage-class.ts';
import { childrenOf, malformedXml, parseXml, textOf } from '../xml.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** By class and tier: the longest that it usually takes. Source: Amazon S3 User Guide, "Archive retrieval options". */
const TAKES_MS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Expedited: 5 * MINUTE_MS, Standard: 5 * HOUR_MS, Bulk: 12 * HOUR_MS },
  DEEP_ARCHIVE: { Standard: 12 * HOUR_MS, Bulk: 48 * HOUR_MS },
};

/**
 * RestoreObject: a copy of an archived object that can be read, for some days. Asked again, it is for longer. Not
 * simulated: S3 Select, and that expedited retrievals can be refused. Source: Amazon S3 API Reference.
 */
export function restoreObject(s3: S3Parts): S3Operation {
  return {
    name: 'RestoreObject',
    needs: (call) => [readPermission(s3, objectNameIn(call), 's3:RestoreObject')],
    answer(call) {
      const bucket = requireBucket(s3, call.bucketName);
      const version = requireObject(s3, bucket, objectNameIn(call), call.request.caller);
      const { days, tier } = askedIn(call.request.body);
      if (!isArchived(version)) throw notForItsClass();
      const takesMs = TAKES_MS[storageClassOf(version)]?.[tier];
      if (takesMs === undefined) throw noSuchTier(tier);

      const nowMs = s3.clock.now();
      const { restoration: before } = version;
      if (before && nowMs < before.readyAtMs) throw isUnderWay();
      const isThere = before !== undefined && nowMs < before.untilMs;
      const readyAtMs = isThere ? before.readyAtMs : nowMs + takesMs;
      const untilMs = midnightAfter(isThere ? nowMs : readyAtMs, days);
      replaceVersion(bucket, version, { ...version, restoration: { readyAtMs, untilMs } });
      return { status: isThere ? 200 : 202, headers: versionHeader(version) };
    },
  };
}

/** Throws AwsError MalformedXML. */
function askedIn(body: Buffer): { readonly days: number; readonly tier: string } {
  const request = parseXml(body, 'RestoreRequest');
  const [glacier = {}] = childrenOf(request, 'GlacierJobParameters');
  const days = Number(textOf(request, 'Days'));
  if (!Number.isInteger(days) || days < 1) throw malformedXml();
  return { days, tier: textOf(glacier, 'Tier') ?? 'Standard' };
}

function notForItsClass(): AwsError {
  const message = "Restore is not allowed for the object's current storage class";
  return new AwsError('InvalidObjectState', 403, message);
}

function isUnderWay(): AwsError {
  return new AwsError('RestoreAlreadyInProgress', 409, 'Object restore is already in progress');
}

/** Deep Archive has no expedited retrieval. */
function noSuchTier(tier: string): AwsError {
  const message = `Retrieval option is not supported by this storage class`;
  return new AwsError('InvalidArgument', 400, message, { ArgumentName: 'Tier', ArgumentValue: tier });
}
