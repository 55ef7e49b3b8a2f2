import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import type { Look } from '../look.ts';

/** The names of the account's buckets in the Region of the settings. */
export async function bucketNames(look: Look): Promise<readonly string[]> {
  const client = look.client(S3Client);
  return look.ask('s3:ListAllMyBuckets', async () => {
    const names: string[] = [];
    const asked = { BucketRegion: look.home.region };
    for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 1000 }, asked)) {
      names.push(...Buckets.map(({ Name }) => Name ?? ''));
    }
    return names;
  });
}

/** The names of the tables in the Region of the settings. */
export async function tableNames(look: Look): Promise<readonly string[]> {
  const client = look.client(DynamoDBClient);
  return look.ask('dynamodb:ListTables', async () => {
    const names: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
    return names;
  });
}
