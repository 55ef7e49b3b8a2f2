import { z } from 'zod';
import type { Bucket, Tags } from './bucket.ts';
import { STORAGE_CLASSES } from './storage-class.ts';

const Days = z.coerce.number().int().min(0);
const Tag = z.object({ Key: z.string(), Value: z.string() });
const Conditions = z.object({
  Prefix: z.string().optional(),
  ObjectSizeGreaterThan: z.coerce.number().optional(),
  ObjectSizeLessThan: z.coerce.number().optional(),
  Tag: z.union([Tag.transform((one) => [one]), z.array(Tag)]).default([]),
});
const StorageClass = z.enum(STORAGE_CLASSES);

/** A rule as the API writes it. What is not simulated, such as dates, is not looked at. */
const Rule = z.object({
  Status: z.enum(['Enabled', 'Disabled']),
  Filter: Conditions.extend({ And: Conditions.optional() }).default({ Tag: [] }),
  Expiration: z.object({ Days: Days.optional() }).optional(),
  Transition: z.array(z.object({ Days, StorageClass })).default([]),
  NoncurrentVersionTransition: z.array(z.object({ NoncurrentDays: Days, StorageClass })).default([]),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: Days }).optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: Days }).optional(),
});

/** Below this size nothing is moved, unless a rule names a size of its own. */
const LEAST_MOVED_BYTES = 128 * 1024;
const VARIES = 'varies_by_storage_class';

type RuleOfLife = z.infer<typeof Rule>;

/** The rules of a bucket that are switched on. */
export function rulesOf({ settings }: Bucket): readonly RuleOfLife[] {
  const all = z.object({ Rule: z.array(Rule) }).safeParse(settings?.lifecycle).data?.Rule ?? [];
  return all.filter(({ Status }) => Status === 'Enabled');
}

interface Ruled {
  readonly key: string;
  readonly tags: Tags;
  /** Absent for an upload and for a delete marker: they have no size. */
  readonly sizeBytes?: number;
}

export function isFor({ Filter: { And, ...single } }: RuleOfLife, { key, tags, sizeBytes }: Ruled): boolean {
  const { Prefix = '', Tag: wanted, ObjectSizeGreaterThan, ObjectSizeLessThan } = And ?? single;
  return (
    key.startsWith(Prefix) &&
    wanted.every(({ Key, Value }) => tags[Key] === Value) &&
    (sizeBytes === undefined ||
      (sizeBytes > (ObjectSizeGreaterThan ?? -1) && sizeBytes < (ObjectSizeLessThan ?? Infinity)))
  );
}

/** Whether an object is large enough to be moved to a class. */
export function mayMove(
  { Filter: { And, ...single } }: RuleOfLife,
  { settings }: Bucket,
  { sizeBytes, to }: { readonly sizeBytes: number; readonly to: string },
): boolean {
  const { ObjectSizeGreaterThan, ObjectSizeLessThan } = And ?? single;
  const isOwnSize = ObjectSizeGreaterThan !== undefined || ObjectSizeLessThan !== undefined;
  const isArchive = to === 'GLACIER' || to === 'DEEP_ARCHIVE';
  return (
    isOwnSize ||
    sizeBytes >= LEAST_MOVED_BYTES ||
    (isArchive && settings?.transitionDefaultMinimumObjectSize === VARIES)
  );
}
