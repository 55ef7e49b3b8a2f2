import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import { PATIENT } from './patience.ts';

const LOST_CHARACTER = /[\u{80}-\u{10ffff}]/gu;
/** Templates that were published last are looked at first; each deployment publishes one. */
const MOST_TEMPLATES = 50;

/** Where `cdk bootstrap` has things published. */
export interface PublishingPlace {
  readonly publishingRoleArn: string;
  readonly assetsBucket: string;
}

/**
 * The template as it was deployed, by what GetTemplate says of it, in which characters are lost. CDK publishes every
 * template in the bucket of the bootstrap, and reads that bucket with the role that is assumed here. Undefined: it is
 * not among the newest ones there. Throws RefusedError if AWS does not let us look.
 */
export async function publishedTemplate(
  deployed: string,
  { publishingRoleArn: RoleArn, assetsBucket: Bucket }: PublishingPlace,
  { client, place }: Asker,
): Promise<string | undefined> {
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'vmx-upgrade' });
  const { Credentials } = await askAws('sts:AssumeRole', place, () => client(STSClient).send(assume));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  const s3 = new S3Client({ ...place, ...PATIENT, credentials });
  const wanted = canonical(deployed);
  for (const Key of await newestTemplates(s3, Bucket, place)) {
    const text = await askAws('s3:GetObject', place, async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return Body?.transformToString();
    });
    if (text !== undefined && canonical(asGivenBack(text)) === wanted) return text;
  }
  return undefined;
}

async function newestTemplates(
  client: S3Client,
  Bucket: string,
  place: Asker['place'],
): Promise<readonly string[]> {
  const found = await askAws('s3:ListBucket', place, async () => {
    const templates: { key: string; atMs: number }[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
      for (const { Key: key = '', LastModified } of Contents) {
        if (key.endsWith('.json')) templates.push({ key, atMs: LastModified?.getTime() ?? 0 });
      }
    }
    return templates;
  });
  return found
    .toSorted((one, other) => other.atMs - one.atMs)
    .slice(0, MOST_TEMPLATES)
    .map(({ key }) => key);
}

/** A template as CloudFormation gives it back. */
export function asGivenBack(template: string): string {
  return template.replaceAll(LOST_CHARACTER, '?');
}

/** Spaces between the parts of a template do not count. Undefined: it is no JSON. */
function canonical(template: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(template));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
