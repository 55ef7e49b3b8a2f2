import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  type ResourceToImport,
} from '@aws-sdk/client-cloudformation';
import { STACK, startLife } from './stack-life.fixture.ts';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const BUCKET = { Type: 'AWS::S3::Bucket', ...KEPT };
const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  ...KEPT,
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};
const SECRET = {
  Type: 'AWS::SecretsManager::Secret',
  ...KEPT,
  Properties: { GenerateSecretString: { PasswordLength: 40 } },
};
const QUEUE = { Type: 'AWS::SQS::Queue' };
const ALL = { Bucket: BUCKET, Table: TABLE, Secret: SECRET };

/** A person whose stack was deleted, and who has what it left behind. */
async function heir(t: Parameters<typeof startLife>[0]) {
  const life = await startLife(t);
  await life.make({ ...ALL, Queue: QUEUE });
  const ids = new Map(
    (await life.resourceRows()).map((row) => [row.LogicalResourceId, row.PhysicalResourceId ?? '']),
  );
  await life.remove();
  const idOf = (name: string) => ids.get(name) ?? assert.fail(name);
  const toImport: Readonly<Record<keyof typeof ALL, ResourceToImport>> = {
    Bucket: resource('Bucket', BUCKET.Type, { BucketName: idOf('Bucket') }),
    Table: resource('Table', TABLE.Type, { TableName: idOf('Table') }),
    Secret: resource('Secret', SECRET.Type, { Id: idOf('Secret') }),
  };
  const adopt = (resources: Parameters<typeof life.propose>[0], more: Partial<CreateChangeSetCommandInput>) =>
    life.propose(resources, { ChangeSetType: 'IMPORT', ...more });
  const { endpoint, credentials } = life.simulator;
  const settings = { endpoint, credentials, region: 'us-east-1' };
  return { ...life, idOf, toImport, adopt, settings };
}

function resource(
  LogicalResourceId: string,
  ResourceType: string,
  ResourceIdentifier: Readonly<Record<string, string>>,
): ResourceToImport {
  return { LogicalResourceId, ResourceType, ResourceIdentifier: { ...ResourceIdentifier } };
}

test('what a deleted stack kept is imported into a new one, updated there, and kept again', async (t) => {
  const { idOf, toImport, adopt, execute, update, events, remove, resourceRows, s3, settings } =
    await heir(t);
  const secrets = new SecretsManagerClient(settings);
  const value = async () =>
    (await secrets.send(new GetSecretValueCommand({ SecretId: idOf('Secret') }))).SecretString;
  const before = await value();

  const proposed = await adopt(ALL, { ResourcesToImport: Object.values(toImport) });

  assert.deepEqual(
    proposed.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.PhysicalResourceId]),
    [
      ['Import', idOf('Bucket')],
      ['Import', idOf('Table')],
      ['Import', idOf('Secret')],
    ],
  );
  assert.equal((await execute()).StackStatus, 'IMPORT_COMPLETE');
  assert.deepEqual(await events(), [
    `${STACK} IMPORT_IN_PROGRESS`,
    ...['Bucket', 'Table', 'Secret'].flatMap((id) => [`${id} IMPORT_IN_PROGRESS`, `${id} IMPORT_COMPLETE`]),
    `${STACK} IMPORT_COMPLETE`,
  ]);

  const tagged = { ...BUCKET, Properties: { Tags: [{ Key: 'part', Value: 'one' }] } };
  const outputs = { Name: { Value: { Ref: 'Bucket' } } };
  const updated = await update({ ...ALL, Bucket: tagged, Queue: QUEUE }, { Outputs: outputs });

  assert.equal(updated.StackStatus, 'UPDATE_COMPLETE');
  assert.equal(updated.Outputs?.[0]?.OutputValue, idOf('Bucket'));
  const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: idOf('Bucket') }));
  assert.deepEqual(TagSet, [{ Key: 'part', Value: 'one' }]);
  assert.equal(await value(), before);

  assert.equal((await remove()).StackStatus, 'DELETE_COMPLETE');
  assert.equal(await value(), before);
  await assert.rejects(resourceRows(), /does not exist/);
});

test('another rule for the value of an imported secret makes another value', async (t) => {
  const { idOf, toImport, adopt, execute, update, settings } = await heir(t);
  const secrets = new SecretsManagerClient(settings);
  const value = async () =>
    (await secrets.send(new GetSecretValueCommand({ SecretId: idOf('Secret') }))).SecretString;
  const before = await value();
  await adopt({ Secret: SECRET }, { ResourcesToImport: [toImport.Secret] });
  await execute();

  await update({ Secret: { ...SECRET, Properties: { GenerateSecretString: { PasswordLength: 41 } } } });

  assert.notEqual(await value(), before);
});

test('an import into a stack that is there leaves the rest of it alone', async (t) => {
  const { toImport, adopt, make, execute, resourceRows } = await heir(t);
  await make({ Queue: QUEUE });

  await adopt({ Queue: QUEUE, Bucket: BUCKET }, { ResourcesToImport: [toImport.Bucket] });

  assert.equal((await execute()).StackStatus, 'IMPORT_COMPLETE');
  assert.deepEqual(
    (await resourceRows()).map((row) => `${row.LogicalResourceId} ${row.ResourceStatus}`),
    ['Queue CREATE_COMPLETE', 'Bucket IMPORT_COMPLETE'],
  );
});

test('what cannot be imported is refused, and no stack is left', async (t) => {
  const { toImport, adopt, stack } = await heir(t);
  const { Bucket } = toImport;
  const { DeletionPolicy: _, ...unruled } = BUCKET;
  const cases = [
    [ALL, [], /Must Provide at least one resource to import/],
    [ALL, [Bucket, Bucket], /must have unique LogicalResourceId/],
    [{ Table: TABLE }, [Bucket], /logical resource ids \[Bucket\] .* do not exist in the template/],
    [
      ALL,
      [{ ...Bucket, ResourceIdentifier: { Name: 'a' } }],
      /Invalid resource identifier .* Expected \[BucketName\]/,
    ],
    [{ Bucket: TABLE }, [Bucket], /Resource type of \[Bucket\] .* does not match/],
    [ALL, [Bucket], /Resources \[Table, Secret\] is missing from ResourceToImport list/],
    [{ Bucket: unruled }, [Bucket], /to import \[Bucket\] must have DeletionPolicy attribute/],
    [{ Queue: QUEUE }, [resource('Queue', QUEUE.Type, { QueueUrl: 'a' })], /does not import AWS::SQS::Queue/],
  ] as const;
  for (const [resources, ResourcesToImport, message] of cases) {
    await assert.rejects(adopt(resources, { ResourcesToImport: [...ResourcesToImport] }), message);
    await assert.rejects(stack(), /does not exist/);
  }
});

test('nothing else of a stack may change with an import', async (t) => {
  const { toImport, adopt, make } = await heir(t);
  const outputs = { Name: { Value: 'a' } };
  await make({ Queue: QUEUE, Other: BUCKET });
  const ResourcesToImport = [toImport.Bucket];
  const otherQueue = { ...QUEUE, Properties: { VisibilityTimeout: 5 } };

  await assert.rejects(
    adopt({ Queue: otherQueue, Other: BUCKET, Bucket: BUCKET }, { ResourcesToImport }),
    /You have modified resources \[Queue\] in your template/,
  );
  await assert.rejects(
    adopt({ Queue: QUEUE, Bucket: BUCKET }, { ResourcesToImport }),
    /You have modified resources \[Other\]/,
  );
  const TemplateBody = JSON.stringify({
    Resources: { Queue: QUEUE, Other: BUCKET, Bucket: BUCKET },
    Outputs: outputs,
  });
  await assert.rejects(adopt({}, { ResourcesToImport, TemplateBody }), /cannot modify or add \[Outputs\]/);
  await assert.rejects(
    adopt(
      { Queue: QUEUE, Other: BUCKET },
      { ResourcesToImport: [{ ...toImport.Bucket, LogicalResourceId: 'Other' }] },
    ),
    /The template should contain at least one new resource to import/,
  );
});

test('what is gone, or belongs to another stack, makes a change set that says so', async (t) => {
  const { idOf, toImport, adopt, execute, stack, cloudFormation } = await heir(t);
  await adopt({ Bucket: BUCKET }, { ResourcesToImport: [toImport.Bucket] });
  await execute();

  const { Id: ChangeSetName } = await cloudFormation.send(
    new CreateChangeSetCommand({
      StackName: 'Second',
      ChangeSetName: 'taken',
      ChangeSetType: 'IMPORT',
      ResourcesToImport: [toImport.Bucket],
      TemplateBody: JSON.stringify({ Resources: { Bucket: BUCKET } }),
    }),
  );
  const taken = await cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName }));
  const other = await adopt(
    { Bucket: BUCKET, Table: TABLE },
    { ChangeSetName: 'gone', ResourcesToImport: [resource('Table', TABLE.Type, { TableName: 'gone' })] },
  );

  const { StackId } = await stack();
  assert.equal(taken.StatusReason, `${idOf('Bucket')} already exists in stack ${StackId}`);
  assert.equal((await stack('Second')).StackStatus, 'REVIEW_IN_PROGRESS');
  assert.equal(other.Status, 'FAILED');
  assert.equal(other.ExecutionStatus, 'UNAVAILABLE');
  assert.equal(
    other.StatusReason,
    "Resource of type 'AWS::DynamoDB::Table' with identifier 'gone' was not found.",
  );
  assert.equal((await stack()).StackStatus, 'IMPORT_COMPLETE');
});

test('an import of what goes meanwhile is rolled back', async (t) => {
  const { idOf, toImport, adopt, execute, settings, resourceRows } = await heir(t);
  await adopt({ Bucket: BUCKET, Table: TABLE }, { ResourcesToImport: [toImport.Bucket, toImport.Table] });
  await new DynamoDBClient(settings).send(new DeleteTableCommand({ TableName: idOf('Table') }));

  assert.equal((await execute()).StackStatus, 'IMPORT_ROLLBACK_COMPLETE');
  assert.deepEqual(await resourceRows(), []);
});
