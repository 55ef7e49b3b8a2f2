import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type AskedPlace, askAws } from '../ask-aws.ts';
import { PATIENT } from '../patience.ts';
import { deleteVersions, versionsOf } from './object-versions.ts';

/** Contact records that could not be read are kept here. */
const RECORDS = 'malformed-records/';
/** AWS Lambda puts batches here that it gave up: with the records of other contacts, too. */
const BATCHES = 'aws/lambda/';
/** More are not read: hundreds of malformed records are a fault of their own. */
const MOST_READ = 500;

/** What a search in the failures bucket saw. */
export interface FailedRecords {
  /** Those that name one of the contacts, or the number. */
  readonly keys: readonly string[];
  readonly read: number;
  /** Whether there were more than were read. */
  readonly isCut: boolean;
  /** Batches of records, which are not read. */
  readonly batches: number;
}

/** Everything throws RefusedError, in words. */
export interface FailureSearch {
  readonly find: (texts: readonly string[]) => Promise<FailedRecords>;
  /** Deletes every version. */
  readonly remove: (keys: readonly string[]) => Promise<void>;
}

export function failureSearch(Bucket: string, place: AskedPlace): FailureSearch {
  const s3 = new S3Client({ ...place, ...PATIENT });

  async function listed(Prefix: string) {
    const command = new ListObjectsV2Command({ Bucket, Prefix });
    const { Contents = [], IsTruncated } = await askAws('s3:ListBucket', place, () => s3.send(command));
    return { keys: Contents.map(({ Key = '' }) => Key), isCut: IsTruncated === true };
  }

  async function textOf(Key: string): Promise<string> {
    const command = new GetObjectCommand({ Bucket, Key });
    return askAws('s3:GetObject', place, async () => {
      const { Body } = await s3.send(command);
      return (await Body?.transformToString()) ?? '';
    });
  }

  return {
    async find(texts) {
      const records = await listed(RECORDS);
      const read = records.keys.slice(0, MOST_READ);
      const keys: string[] = [];
      for (const key of read) {
        const text = await textOf(key);
        if (texts.some((one) => text.includes(one))) keys.push(key);
      }
      const isCut = records.isCut || records.keys.length > MOST_READ;
      const batches = await listed(BATCHES);
      return { keys, read: read.length, isCut, batches: batches.keys.length };
    },
    async remove(keys) {
      for (const Key of keys) await deleteVersions(await versionsOf({ Bucket, Key }, s3, place), s3, place);
    },
  };
}
