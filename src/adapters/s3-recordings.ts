import { type SavedRecording, toSavedRecording } from '../domain/recording-metadata.ts';
import { isDeepStrictEqual } from 'node:util';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../domain/audio/wav.ts';
import type { KeepAudioPorts } from '../steps/keep-audio.ts';
import { fromAws, NOT_FOUND, PRECONDITION_FAILED, statusOf } from './aws-errors.ts';
import { archiveOf } from './s3-archive.ts';
import { inParts, PartMemory, type RecordingPart } from './recording-parts.ts';
import { UPLOAD } from './time-limits.ts';

type Metadata = Readonly<Record<string, string>>;

const CONTENT_TYPE = 'audio/wav';

interface S3Recordings extends Pick<KeepAudioPorts, 'keepRecording'> {
  /**
   * The recording under this key, or undefined. Needs s3:ListBucket too: without it S3 answers "forbidden"
   * for a missing object, which becomes REFUSED.
   */
  readonly findRecordingObject: (key: string) => Promise<SavedRecording | undefined>;
}

/**
 * Keeps recordings as .wav files in one S3 bucket.
 *
 * A WAV file begins with its length, and that is known last. So the first part,
 * which has the header, is held back until all others are up. No more than two
 * parts of 5 MiB are in memory, however long the recording; one that fits
 * into a part is one PutObject. The memory is used again, see `PartMemory`.
 *
 * The write is conditional: events are delivered at least once, the first copy stays, and "already there"
 * counts as kept. An upload that fails is removed.
 *
 * Errors: as `fromAws`; those of `pcm` pass through; NO_AUDIO if `pcm` is empty.
 *
 * Source: Amazon S3 user guide, "How to prevent object overwrites with
 * conditional writes"; API reference, CompleteMultipartUpload.
 */
export function s3Recordings(s3: S3Client, bucket: string): S3Recordings {
  async function findRecordingObject(key: string): Promise<SavedRecording | undefined> {
    try {
      const found = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const metadata = fromHeaders(found.Metadata ?? {});
      const sizeBytes = found.ContentLength ?? 0;
      return toSavedRecording({ sizeBytes, metadata, archive: archiveOf(found) });
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw fromAws(error, 's3:HeadObject');
    }
  }

  const memories = new PartMemory();

  return {
    findRecordingObject,
    async keepRecording({ key, metadata, pcm, metadataAtEnd }) {
      const parts = inParts(pcm, memories);
      try {
        const first = await parts.next();
        if (first.done) throw new PermanentError('NO_AUDIO', 'there is no audio to keep');
        const second = await parts.next();

        const object = { Bucket: bucket, Key: key };
        const provisional = second.done ? metadataAtEnd() : metadata;
        const described = { ...object, ContentType: CONTENT_TYPE, Metadata: toHeaders(provisional) };
        const { sizeBytes, isNew } = second.done
          ? await putWhole(s3, described, first.value, memories)
          : await putInParts(s3, described, {
              first: first.value,
              second: second.value,
              rest: parts,
              memories,
            });

        const written = toSavedRecording({ sizeBytes, metadata: asKept(provisional) });
        const kept = isNew ? written : await findRecordingObject(key);
        if (!kept)
          throw new RetryableError('UNAVAILABLE', 'S3 will not write the recording, nor does it have it');
        const final = toSavedRecording({ sizeBytes, metadata: asKept(metadataAtEnd()) });
        if (isDeepStrictEqual(kept, final) || !isDeepStrictEqual(kept, written)) return kept;
        await describeAnew(s3, { ...described, Metadata: toHeaders(metadataAtEnd()) });
        return final;
      } finally {
        await parts.return();
      }
    },
  };
}

interface DescribedObject {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
  readonly Metadata: Record<string, string>;
}

interface Written {
  readonly sizeBytes: number;
  /** False: there was a recording already. */
  readonly isNew: boolean;
}

async function putWhole(
  s3: S3Client,
  object: DescribedObject,
  { bytes: file, memory }: RecordingPart,
  memories: PartMemory,
): Promise<Written> {
  const sizeBytes = file.length;
  file.set(wavHeader(sizeBytes - WAV_HEADER_BYTES));
  try {
    const command = new PutObjectCommand({ ...object, Body: file, IfNoneMatch: '*' });
    const { $metadata } = await s3.send(command, UPLOAD);
    if ($metadata.attempts === 1) memories.giveBack(memory);
    return { sizeBytes, isNew: true };
  } catch (error) {
    if (statusOf(error) === PRECONDITION_FAILED) return { sizeBytes, isNew: false };
    throw fromAws(error, 's3:PutObject');
  }
}

interface Parts {
  readonly first: RecordingPart;
  readonly second: RecordingPart;
  readonly rest: AsyncIterator<RecordingPart, void, void>;
  readonly memories: PartMemory;
}

async function putInParts(s3: S3Client, object: DescribedObject, parts: Parts): Promise<Written> {
  const { Bucket, Key } = object;
  const upload = { Bucket, Key, UploadId: await beginUpload(s3, object) };
  try {
    const { first, rest, memories } = parts;
    const done: CompletedPart[] = [];
    let sizeBytes = first.bytes.length;
    let part: RecordingPart | undefined = parts.second;
    for (let number = 2; part; number++) {
      done.push(await uploadPart(s3, upload, number, part, memories));
      sizeBytes += part.bytes.length;
      const next = await rest.next();
      part = next.done ? undefined : next.value;
    }
    first.bytes.set(wavHeader(sizeBytes - WAV_HEADER_BYTES));
    done.unshift(await uploadPart(s3, upload, 1, first, memories));

    const isNew = await completeUpload(s3, upload, done);
    if (!isNew) await abandonUpload(s3, upload);
    return { sizeBytes, isNew };
  } catch (error) {
    const failure = fromAws(error, 's3:PutObject');
    try {
      await abandonUpload(s3, upload);
    } catch (abortError) {
      const cause = new AggregateError([failure, abortError]);
      throw new RetryableError('UNAVAILABLE', 'an upload failed, and so did clearing it away', { cause });
    }
    throw failure;
  }
}

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

async function beginUpload(s3: S3Client, object: DescribedObject): Promise<string> {
  try {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: 'CRC32' }),
    );
    if (UploadId) return UploadId;
  } catch (error) {
    throw fromAws(error, 's3:CreateMultipartUpload');
  }
  throw new RetryableError('UNAVAILABLE', 's3:CreateMultipartUpload answered without an upload id');
}

async function uploadPart(
  s3: S3Client,
  upload: Upload,
  number: number,
  { bytes, memory }: RecordingPart,
  memories: PartMemory,
): Promise<CompletedPart> {
  try {
    const command = new UploadPartCommand({ ...upload, PartNumber: number, Body: bytes });
    const part = await s3.send(command, UPLOAD);
    if (part.$metadata.attempts === 1) memories.giveBack(memory);
    const { ETag, ChecksumCRC32 } = part;
    return { PartNumber: number, ETag, ChecksumCRC32 };
  } catch (error) {
    throw fromAws(error, 's3:UploadPart');
  }
}

/**
 * Returns false if the object exists already: S3 answers 412. An upload that S3 does not know any more was
 * completed, and its answer was lost.
 */
async function completeUpload(s3: S3Client, upload: Upload, parts: CompletedPart[]): Promise<boolean> {
  try {
    const request = { ...upload, MultipartUpload: { Parts: parts }, IfNoneMatch: '*' };
    await s3.send(new CompleteMultipartUploadCommand(request), UPLOAD);
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === PRECONDITION_FAILED || status === NOT_FOUND) return false;
    throw fromAws(error, 's3:CompleteMultipartUpload');
  }
}

async function abandonUpload(s3: S3Client, upload: Upload): Promise<void> {
  try {
    await s3.send(new AbortMultipartUploadCommand(upload));
  } catch (error) {
    if (statusOf(error) !== NOT_FOUND) throw fromAws(error, 's3:AbortMultipartUpload');
  }
}

/** Metadata can only be changed by copying the object onto itself. */
async function describeAnew(s3: S3Client, object: DescribedObject): Promise<void> {
  const path = object.Key.split('/').map(encodeURIComponent).join('/');
  const source = { CopySource: `${object.Bucket}/${path}`, MetadataDirective: 'REPLACE' } as const;
  try {
    await s3.send(new CopyObjectCommand({ ...object, ...source }), UPLOAD);
  } catch (error) {
    throw fromAws(error, 's3:CopyObject');
  }
}

/** Characters that a header carries unchanged. */
const PLAIN = /^(?! )[\x20-\x7e]*(?<! )$/;

/**
 * Metadata travels as headers. A value that is not plain ASCII is percent-encoded, and so is one with a
 * percent sign, so that `fromHeaders` returns the original. Source: S3 user guide, "Working with object
 * metadata".
 */
function toHeaders(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), encoded(value)]),
  );
}

const encoded = (value: string) =>
  PLAIN.test(value) && !value.includes('%') ? value : encodeURIComponent(value.toWellFormed());

function fromHeaders(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, decoded(value)]));
}

/** Metadata in the form in which it is read back. */
const asKept = (metadata: Metadata) => fromHeaders(toHeaders(metadata));

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    // It was not encoded by us.
    if (error instanceof URIError) return value;
    throw error;
  }
}
