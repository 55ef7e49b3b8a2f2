import type { Account } from '../../../account.ts';
import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError, type Caller, type Permission } from '../../../service.ts';
import { badRequest } from '../errors.ts';
import { parseJobOrder } from '../job-order.ts';
import { jobDescription, type TranscriptionJob } from '../job.ts';
import { type ObjectAddress, parseMediaUri } from '../media-uri.ts';
import { type OutputLocation, outputLocation } from '../output-location.ts';
import type { TranscribeParts } from '../parts.ts';

/**
 * Checks everything that can be checked at once: the request, the name, and, with the caller's permissions,
 * that the recording exists and the output can be written. A faulty recording fails the job later.
 */
export function startTranscriptionJob(parts: TranscribeParts): JsonOperation {
  const { jobs, account, now, begin } = parts;
  const { region } = account;
  return {
    name: 'StartTranscriptionJob',
    needs: toStart,
    async answer(input, { caller }) {
      const order = parseJobOrder(input);
      jobs.requireFree(order.name);
      const media = parseMediaUri(order.mediaUri, region);
      await requireMedia(media, caller, parts);
      const output = outputLocation(order);
      await requireOutput(output, { caller, encryptWith: order.outputKeyId }, parts);

      const job: TranscriptionJob = {
        order,
        accountId: caller.accountId,
        media,
        output,
        createdAtMs: now(),
      };
      jobs.add(job);
      begin(job);
      return { TranscriptionJob: jobDescription(job, region) };
    },
  };
}

/**
 * IAM knows no resource for this action, so only a statement for `*` allows it, and conditions on the
 * request limit it. Source: Service Authorization Reference, "Actions, resources, and condition keys for
 * Amazon Transcribe".
 */
function toStart({ OutputBucketName: bucket, OutputKey: key }: JsonObject): readonly Permission[] {
  const context = {
    ...(typeof bucket === 'string' && { 'transcribe:OutputBucketName': bucket }),
    ...(typeof key === 'string' && { 'transcribe:OutputKey': key }),
  };
  return [{ action: 'transcribe:StartTranscriptionJob', resource: '*', context }];
}

async function requireMedia(
  media: ObjectAddress,
  caller: Caller,
  { s3, account }: TranscribeParts,
): Promise<void> {
  if (!caller.isAllowed({ action: 's3:GetObject', resource: objectArn(media, account) })) {
    throw unreadable();
  }
  try {
    await s3.get(media.bucket, media.key, caller);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 403) throw unreadable();
    throw badRequest(
      "The URI that you provided doesn't point to an S3 object. Make sure that the object exists and try your request again.",
    );
  }
}

function unreadable(): AwsError {
  return badRequest(
    "The S3 URI that you provided can't be accessed. Make sure that you have read permission and try your request again.",
  );
}

/** Transcribe really writes a file into the output's folder, and leaves it there. */
async function requireOutput(
  { transcript, accessCheck }: OutputLocation,
  { caller, encryptWith = 'AES256' }: { caller: Caller; encryptWith: string | undefined },
  { s3, account, keys }: TranscribeParts,
): Promise<void> {
  const refusal = badRequest(
    "The specified S3 bucket can't be accessed. Make sure you have write permission on the bucket and try your request again.",
  );
  for (const address of [accessCheck, transcript])
    if (!caller.isAllowed({ action: 's3:PutObject', resource: objectArn(address, account) })) throw refusal;
  if (encryptWith !== 'AES256') requireKey(encryptWith, caller, keys);
  try {
    await s3.put({ ...accessCheck, body: new Uint8Array(), encryptWith, caller });
  } catch (error) {
    throw error instanceof AwsError ? refusal : error;
  }
}

/**
 * That the caller "must have permission to use" the key is documented, and kms:Encrypt for a key of another account;
 * which actions it is otherwise, and the words of the refusal, are not. Source: Amazon Transcribe API reference,
 * OutputEncryptionKMSKeyId; developer guide, "Key management".
 */
function requireKey(keyId: string, caller: Caller, keys: TranscribeParts['keys']): void {
  const use = {
    keyId,
    actions: ['Encrypt', 'GenerateDataKey'] as const,
    via: 'transcribe',
    encryptionContext: {},
  };
  const refusal = keys?.refusalOf(use, caller);
  if (refusal) throw badRequest(`The KMS key that you provided can't be used: ${refusal.message}`);
}

function objectArn({ bucket, key }: ObjectAddress, { partition }: Account): string {
  return `arn:${partition}:s3:::${bucket}/${key}`;
}
