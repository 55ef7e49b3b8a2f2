import {
  DynamoDBClient,
  ListTagsOfResourceCommand,
  paginateListTables,
  type Tag as TableTag,
} from '@aws-sdk/client-dynamodb';
import { GetBucketTaggingCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import {
  type ListSecretsCommandInput,
  paginateListSecrets,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { KEPT_PARTS, KEPT_TAGS, type KeptPart } from '../../../infra/kept-tags.ts';
import { fact, type Look } from '../look.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * Names that CloudFormation makes up: of the stack, of the resource as the template calls it, and a suffix. The
 * template keeps these when a stack is deleted: three buckets, and the ledger. It keeps the key of links too.
 */
const BUCKET = /-(recordings|transcripts|failures)bucket[0-9a-f]{8}-[a-z0-9]{12,13}$/;
const TABLE = /-ledger[0-9A-F]{8}-[A-Za-z0-9]{12,13}$/;

/** The account's buckets in the Region of the settings that are named as ours. */
export const keptBuckets = fact(async (look): Promise<readonly string[]> => {
  const client = look.client(S3Client);
  return look.ask('s3:ListAllMyBuckets', async () => {
    const names: string[] = [];
    const asked = { BucketRegion: look.home.region };
    for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 1000 }, asked)) {
      names.push(...Buckets.map(({ Name }) => Name ?? ''));
    }
    return names.filter((name) => BUCKET.test(name));
  });
});

/** The tables in the Region of the settings that are named as ours. */
export const keptTables = fact(async (look): Promise<readonly string[]> => {
  const client = look.client(DynamoDBClient);
  return look.ask('dynamodb:ListTables', async () => {
    const names: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
    return names.filter((name) => TABLE.test(name));
  });
});

/** Something that says by its tags that a stack of Voicemail Express has made it. */
export interface KeptThing {
  readonly part: KeptPart;
  /** The name of a bucket or a table, the ARN of a secret: by this a stack imports it. */
  readonly physicalId: string;
  readonly stackName: string;
  /** The ARN of the stack. */
  readonly stackId: string;
  readonly instanceId: string;
}

/** All such things, of stacks that are there and of stacks that are gone. */
export const keptThings = fact(async (look): Promise<readonly KeptThing[]> => {
  const [buckets, tables, secrets] = await Promise.all([
    keptBuckets(look).then((names) => Promise.all(names.map((name) => taggedBucket(name, look)))),
    keptTables(look).then((names) => Promise.all(names.map((name) => taggedTable(name, look)))),
    taggedSecrets(look),
  ]);
  return [...buckets, ...tables, ...secrets].flatMap(({ physicalId, tags }) => {
    const thing = thingOf(physicalId, tags);
    return thing ? [thing] : [];
  });
});

type Tags = ReadonlyMap<string | undefined, string | undefined>;

interface Tagged {
  readonly physicalId: string;
  readonly tags: Tags;
}

async function taggedBucket(physicalId: string, look: Look): Promise<Tagged> {
  const command = new GetBucketTaggingCommand({ Bucket: physicalId });
  try {
    const { TagSet } = await look.ask('s3:GetBucketTagging', () => look.client(S3Client).send(command));
    return { physicalId, tags: tagsIn(TagSet) };
  } catch (error) {
    const isUntagged = error instanceof Error && ['NoSuchTagSet', 'NoSuchBucket'].includes(error.name);
    if (isUntagged) return { physicalId, tags: new Map() };
    throw error;
  }
}

async function taggedTable(physicalId: string, look: Look): Promise<Tagged> {
  const { partition, region, accountId } = look.home;
  const ResourceArn = `arn:${partition}:dynamodb:${region}:${accountId}:table/${physicalId}`;
  const command = new ListTagsOfResourceCommand({ ResourceArn });
  const found = await unlessGone(
    look.ask('dynamodb:ListTagsOfResource', () => look.client(DynamoDBClient).send(command)),
  );
  return { physicalId, tags: tagsIn(found?.Tags) };
}

async function taggedSecrets(look: Look): Promise<readonly Tagged[]> {
  const client = look.client(SecretsManagerClient);
  return look.ask('secretsmanager:ListSecrets', async () => {
    const found: Tagged[] = [];
    const asked: ListSecretsCommandInput = { Filters: [{ Key: 'tag-key', Values: [KEPT_TAGS.stackName] }] };
    for await (const { SecretList = [] } of paginateListSecrets({ client }, asked)) {
      found.push(...SecretList.map(({ ARN = '', Tags: tags }) => ({ physicalId: ARN, tags: tagsIn(tags) })));
    }
    return found;
  });
}

function tagsIn(tags: readonly Partial<TableTag>[] = []): Tags {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

function thingOf(physicalId: string, tags: Tags): KeptThing | undefined {
  const [stackName, stackId, instanceId, part] = [
    tags.get(KEPT_TAGS.stackName),
    tags.get(KEPT_TAGS.stackId),
    tags.get(KEPT_TAGS.instanceId),
    KEPT_PARTS.find((one) => one === tags.get(KEPT_TAGS.part)),
  ];
  if (stackName === undefined || stackId === undefined || instanceId === undefined || part === undefined) {
    return undefined;
  }
  return { part, physicalId, stackName, stackId, instanceId };
}
