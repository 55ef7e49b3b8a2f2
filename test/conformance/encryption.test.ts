import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createClock } from '../../simulator/clock.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { createKms } from '../../simulator/services/kms/kms.ts';
import { createS3 } from '../../simulator/services/s3/s3.ts';
import { createSecretsManager } from '../../simulator/services/secrets-manager/secrets-manager.ts';
import { createSqs } from '../../simulator/services/sqs/sqs.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const KEYS = 'arn:aws:kms:us-east-1:111122223333:key';
const OURS = `${KEYS}/e1e1e1e1-0000-4000-8000-00000000e001`;
const OFF = `${KEYS}/e1e1e1e1-0000-4000-8000-00000000e002`;
/** Its policy names one role, and nobody else. */
const CLOSED = `${KEYS}/e1e1e1e1-0000-4000-8000-00000000e003`;
const LET_IN = 'arn:aws:iam::111122223333:role/let-in';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:kept';
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:kept-a1b2c3';

const folder = mkdtempSync(join(tmpdir(), 'conformance-encryption-'));
const surroundings = { clock: createClock('real'), happenings: createHappenings() };
let target: Target;
const clients: { destroy: () => void }[] = [];

before(async () => {
  const { service, ring: keys } = createKms({
    ...surroundings,
    keys: [
      { arn: OURS, aliases: ['alias/ours'] },
      { arn: OFF, state: 'Disabled' },
      {
        arn: CLOSED,
        policy: [{ Effect: 'Allow', Principal: { AWS: LET_IN }, Action: 'kms:*', Resource: '*' }],
      },
    ],
  });
  const s3 = createS3({ ...surroundings, keys, folder, onEvent: () => {} });
  for (const [name, keyArn, hasBucketKey] of [
    ['ours', OURS, false],
    ['with-bucket-key', OURS, true],
    ['off', OFF, false],
    ['closed', CLOSED, false],
    ['gone', `${KEYS}/00000000-0000-4000-8000-000000000000`, false],
  ] as const) {
    s3.createBucket({ name, versioned: true, eventBridge: false, encryption: { keyArn, hasBucketKey } });
  }
  const sqs = createSqs({ ...surroundings, keys, baseUrl: () => target.gateway.endpoint });
  sqs.createQueue({ name: 'kept', arn: QUEUE, keyId: 'alias/ours' });
  const dynamodb = createDynamodb({ ...surroundings, keys });
  await dynamodb.createTable({
    name: 'kept',
    properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: OURS },
    },
  });
  const secrets = createSecretsManager({ ...surroundings, keys });
  secrets.createSecret({ arn: SECRET, name: 'kept', secretString: 'first', kmsKeyId: OURS });
  const services = [service, s3.service, sqs.service, dynamodb.service, secrets.service];
  target = await startTarget(services, surroundings);
});

after(async () => {
  for (const client of clients) client.destroy();
  await target.close();
  rmSync(folder, { recursive: true });
});

const ALL_BUT_KEYS: PolicyStatement = {
  Effect: 'Allow',
  Action: ['s3:*', 'sqs:*', 'dynamodb:*', 'secretsmanager:*'],
  Resource: '*',
};

let roles = 0;

/** Clients of a role that may do everything but use keys, and of keys what is said. */
function clientsOf(statements: readonly Partial<PolicyStatement>[], roleArn?: string) {
  roles += 1;
  const arn = roleArn ?? `arn:aws:iam::111122223333:role/role-${roles}`;
  const own = statements.map((statement) => ({ Effect: 'Allow' as const, Resource: OURS, ...statement }));
  const credentials = target.gateway.identities.addRole({ arn, statements: [ALL_BUT_KEYS, ...own] });
  const settings = { ...target.client, credentials, maxAttempts: 1 };
  const made = {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
    dynamodb: new DynamoDBClient(settings),
    secrets: new SecretsManagerClient(settings),
  };
  clients.push(...Object.values(made));
  return made;
}

type Clients = ReturnType<typeof clientsOf>;

const QueueUrl = 'http://localhost/111122223333/kept';
const put = (Bucket: string) => new PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'words' });
const get = (Bucket: string) => new GetObjectCommand({ Bucket, Key: 'a.txt' });
const send = () => new SendMessageCommand({ QueueUrl, MessageBody: 'words' });
const receive = () => new ReceiveMessageCommand({ QueueUrl });
const item = { TableName: 'kept', Item: { id: { S: 'a' } } };
const key = { TableName: 'kept', Key: { id: { S: 'a' } } };

/** What is done to a thing that is encrypted, what it needs of the key, and how the service refuses without. */
const NEEDS: readonly (readonly [
  what: string,
  run: (clients: Clients) => Promise<unknown>,
  needed: readonly string[],
  refusal: readonly [status: number, name: string],
])[] = [
  ['writing an object', ({ s3 }) => s3.send(put('ours')), ['GenerateDataKey'], [403, 'AccessDenied']],
  ['reading an object', ({ s3 }) => s3.send(get('ours')), ['Decrypt'], [403, 'AccessDenied']],
  [
    'copying an object',
    ({ s3 }) => s3.send(new CopyObjectCommand({ Bucket: 'ours', Key: 'b.txt', CopySource: 'ours/a.txt' })),
    ['GenerateDataKey', 'Decrypt'],
    [403, 'AccessDenied'],
  ],
  ['uploading in parts', uploadPart, ['GenerateDataKey', 'Decrypt'], [403, 'AccessDenied']],
  [
    'sending a message',
    ({ sqs }) => sqs.send(send()),
    ['GenerateDataKey', 'Decrypt'],
    [400, 'KmsAccessDenied'],
  ],
  ['receiving messages', ({ sqs }) => sqs.send(receive()), ['Decrypt'], [400, 'KmsAccessDenied']],
  [
    'writing an item',
    ({ dynamodb }) => dynamodb.send(new PutItemCommand(item)),
    ['Decrypt'],
    [400, 'AccessDeniedException'],
  ],
  [
    'reading an item',
    ({ dynamodb }) => dynamodb.send(new GetItemCommand(key)),
    ['Decrypt'],
    [400, 'AccessDeniedException'],
  ],
  [
    'reading a secret',
    ({ secrets }) => secrets.send(new GetSecretValueCommand({ SecretId: SECRET })),
    ['Decrypt'],
    [400, 'AccessDeniedException'],
  ],
  [
    'writing a secret',
    ({ secrets }) => secrets.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: 'next' })),
    ['GenerateDataKey', 'Decrypt'],
    [400, 'AccessDeniedException'],
  ],
];

async function uploadPart({ s3 }: Clients): Promise<void> {
  const where = { Bucket: 'ours', Key: 'parts.txt' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(where));
  await s3.send(new UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: 'words' }));
}

for (const [what, run, needed, refusal] of NEEDS) {
  test(
    `${what} needs kms:${needed.join(' and kms:')}, and nothing else of the key`,
    simulatorOnly,
    async () => {
      await run(clientsOf([{ Action: needed.map((action) => `kms:${action}`) }]));

      for (const missing of needed) {
        const rest = needed.filter((action) => action !== missing).map((action) => `kms:${action}`);
        const without = clientsOf(rest.length > 0 ? [{ Action: rest }] : []);
        await assert.rejects(run(without), answered(...refusal), `without kms:${missing}`);
      }
    },
  );
}

test('S3 names the action and the key that it was refused', simulatorOnly, async () => {
  await assert.rejects(clientsOf([]).s3.send(get('ours')), {
    name: 'AccessDenied',
    message: new RegExp(
      `^User: arn:aws:sts::111122223333:assumed-role/.* is not authorized to perform: kms:Decrypt on resource: ${OURS} because no identity-based policy allows the kms:Decrypt action$`,
    ),
  });
});

test('headers are read without the key, and a checksum is not', simulatorOnly, async () => {
  const { s3 } = clientsOf([]);

  const { ServerSideEncryption, SSEKMSKeyId } = await s3.send(
    new HeadObjectCommand({ Bucket: 'ours', Key: 'a.txt' }),
  );
  assert.deepEqual([ServerSideEncryption, SSEKMSKeyId], ['aws:kms', OURS]);
  const withChecksum = { Bucket: 'ours', Key: 'a.txt', ChecksumMode: 'ENABLED' } as const;
  await assert.rejects(s3.send(new HeadObjectCommand(withChecksum)), answered(403, 'Unknown'));
});

const through = (service: string, subject: string) => ({
  Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
  Condition: {
    StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': subject },
  },
});

test('conditions on the service and on the encryption context are asked', simulatorOnly, async () => {
  await clientsOf([through('s3', 'arn:aws:s3:::ours/*')]).s3.send(put('ours'));
  await clientsOf([through('s3', 'arn:aws:s3:::with-bucket-key')]).s3.send(put('with-bucket-key'));
  for (const wrong of [
    through('sqs', 'arn:aws:s3:::ours/*'),
    through('s3', 'arn:aws:s3:::ours'),
    through('s3', 'arn:aws:s3:::another/*'),
  ]) {
    await assert.rejects(clientsOf([wrong]).s3.send(put('ours')), answered(403, 'AccessDenied'));
  }
});

test(
  'a key policy that names a role is enough for it, and keeps everybody else out',
  simulatorOnly,
  async () => {
    await clientsOf([], LET_IN).s3.send(put('closed'));

    const other = clientsOf([{ Action: 'kms:*', Resource: '*' }]);
    await assert.rejects(other.s3.send(put('closed')), {
      name: 'AccessDenied',
      message: /because no resource-based policy allows the kms:GenerateDataKey action$/,
    });
    const denied = clientsOf([{ Effect: 'Deny', Action: 'kms:*', Resource: '*' }], `${LET_IN}-not`);
    await assert.rejects(denied.s3.send(put('ours')), {
      message: /explicit deny in an identity-based policy$/,
    });
  },
);

test('a key that is disabled, or gone, stops what it encrypts', simulatorOnly, async () => {
  const { s3 } = clientsOf([{ Action: 'kms:*', Resource: '*' }]);

  await assert.rejects(s3.send(put('off')), answered(400, 'KMS.DisabledException'));
  await assert.rejects(s3.send(put('gone')), answered(400, 'KMS.NotFoundException'));
});
