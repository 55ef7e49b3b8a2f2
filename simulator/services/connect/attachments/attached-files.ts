import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import type { JsonObject } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import type { Reference } from '../contacts/contact.ts';
import { invalidRequest } from '../input.ts';
import { parsed } from '../search/criteria.ts';
import type { InstanceStorage } from '../storage/instance-storage.ts';
import type { World } from '../world.ts';
import type { PresignedUrls } from './presigned-urls.ts';

/** A file that belongs to a contact. */
interface AttachedFile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly contactId: string;
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  /** The ARN of who attached it. */
  readonly createdBy: string;
  readonly bucket: string;
  readonly key: string;
}

export interface AttachedFiles {
  /**
   * Copies the `Attachments` of a request into the instance's storage, and returns them as references. Throws
   * InvalidParameterException, InvalidRequestException.
   */
  readonly attach: (
    input: JsonObject,
    to: { readonly contactId: string; readonly createdBy: string },
  ) => Promise<Readonly<Record<string, Reference>>>;
  readonly find: (fileId: string) => AttachedFile | undefined;
  /** A URL to download it. */
  readonly urlOf: (file: AttachedFile, expiresSeconds: number) => string;
}

const Attachments = z
  .array(
    z.strictObject({
      FileName: z.string().regex(/^\P{C}{1,256}$/u),
      S3Url: z.string().min(1).max(2000),
    }),
  )
  .min(1)
  .max(5);

/** Source: administrator guide, "Feature specifications", attachments. An administrator can change both. */
const MOST_BYTES = 20 * 1024 * 1024;
const EXTENSIONS = new Set(
  'csv doc docx heic jfif jpeg jpg mov mp4 pdf png ppt pptx rtf txt wav xls xlsx'.split(' '),
);

/**
 * Files of contacts, in the bucket for attachments. Each is approved at once: there is no scanner.
 *
 * Not known: the keys in the bucket, whether AWS reads the URLs before it answers, and with which error it refuses one
 * that cannot be read. Source: API reference, StartTaskContact, Attachments, and InvalidRequestExceptionReason.
 */
export function createAttachedFiles({
  clock,
  world,
  storage,
  s3,
  urls,
}: {
  clock: Pick<Clock, 'now'>;
  world: World;
  storage: Pick<InstanceStorage, 'list'>;
  s3: Pick<SimulatedS3, 'put'> | undefined;
  urls: PresignedUrls | undefined;
}): AttachedFiles {
  const files = new Map<string, AttachedFile>();

  function placeFor(): { readonly bucket: string; readonly prefix: string } {
    const [config] = storage.list('ATTACHMENTS');
    if (!config?.S3Config) throw invalidRequest('Attachments are not enabled for the instance.');
    return { bucket: config.S3Config.BucketName, prefix: config.S3Config.BucketPrefix };
  }

  async function copied(
    { FileName: name, S3Url: url }: z.infer<typeof Attachments>[number],
    { contactId, createdBy }: { contactId: string; createdBy: string },
  ): Promise<AttachedFile> {
    const { bucket, prefix } = placeFor();
    if (!EXTENSIONS.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '')) {
      throw refusedFile('INVALID_FILE_TYPE', `Files of this type are not allowed: ${name}`);
    }
    const read = await urls?.read(url);
    if (!read || !s3) throw invalidRequest(`The file at the S3Url of ${name} cannot be read.`);
    const { body, contentType } = read;
    if (body.length === 0 || body.length > MOST_BYTES) {
      throw refusedFile('INVALID_FILE_SIZE', `${name} must have 1 to ${MOST_BYTES} bytes.`);
    }
    const id = randomUUID();
    const createdAtMs = clock.now();
    const day = new Date(createdAtMs).toISOString().slice(0, 10).replaceAll('-', '/');
    const key = `${prefix}/${day}/${contactId}/${id}_${name}`;
    await s3.put({ bucket, key, body, contentType });
    const arn = `${world.instanceArn}/file/${id}`;
    return { id, arn, name, contactId, sizeBytes: body.length, createdAtMs, createdBy, bucket, key };
  }

  return {
    async attach({ Attachments: given }, to) {
      if (given === undefined || given === null) return {};
      const attachments = parsed(Attachments, given);
      const attached = await Promise.all(attachments.map((one) => copied(one, to)));
      for (const file of attached) files.set(file.id, file);
      return Object.fromEntries(
        attached.map(({ id, name, arn, bucket, key }, index) => {
          const isTaken = attached.findIndex((one) => one.name === name) < index;
          return [isTaken ? id : name, { type: 'ATTACHMENT', value: `${bucket}/${key}`, arn }];
        }),
      );
    },
    find: (fileId) => files.get(fileId),
    urlOf({ bucket, key }, expiresSeconds) {
      if (!urls) throw new Error('this instance has no files');
      return urls.sign({ bucket, key }, expiresSeconds);
    },
  };
}

function refusedFile(reason: string, message: string): AwsError {
  return new AwsError('InvalidRequestException', 400, message, {
    Reason: { AttachedFileInvalidRequestExceptionReason: reason },
  });
}
