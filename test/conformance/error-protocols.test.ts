import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CloudWatchClient, ListMetricStreamsCommand } from '@aws-sdk/client-cloudwatch';
import { ConnectClient, ListPromptsCommand } from '@aws-sdk/client-connect';
import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListLayersCommand } from '@aws-sdk/client-lambda';
import { ListBucketMetricsConfigurationsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListContactListsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { AddPermissionCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../../simulator/simulator.ts';

const simulator = await startSimulator({ world: laptopWorld() });
after(simulator.close);
const { endpoint, credentials } = simulator;
const settings = { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
const protocol = AwsSmithyRpcV2CborProtocol;

/** A client of each protocol, and the name that has to be in what it shows. */
const CALLS: readonly [string, string, () => Promise<unknown>][] = [
  [
    'JSON 1.0',
    'ExecuteStatement',
    () => new DynamoDBClient(settings).send(new ExecuteStatementCommand({ Statement: '' })),
  ],
  [
    'JSON 1.0 after the query protocol',
    'AddPermission',
    () =>
      new SQSClient(settings).send(
        new AddPermissionCommand({ QueueUrl: `${endpoint}/1/q`, Label: '', AWSAccountIds: [], Actions: [] }),
      ),
  ],
  [
    'JSON of CloudWatch',
    'ListMetricStreams',
    () => new CloudWatchClient(settings).send(new ListMetricStreamsCommand({})),
  ],
  [
    'CBOR of CloudWatch',
    'ListMetricStreams',
    () => new CloudWatchClient({ ...settings, protocol }).send(new ListMetricStreamsCommand({})),
  ],
  ['query', 'GetSessionToken', () => new STSClient(settings).send(new GetSessionTokenCommand({}))],
  ['query of IAM', 'ListUsers', () => new IAMClient(settings).send(new ListUsersCommand({}))],
  [
    'REST-JSON',
    'ListPrompts',
    () => new ConnectClient(settings).send(new ListPromptsCommand({ InstanceId: 'x' })),
  ],
  ['REST-JSON of Lambda', 'ListLayers', () => new LambdaClient(settings).send(new ListLayersCommand({}))],
  [
    'REST-JSON of SES version 2',
    'ListContactLists',
    () => new SESv2Client(settings).send(new ListContactListsCommand({})),
  ],
  [
    'REST-XML',
    'ListBucketMetricsConfigurations',
    () =>
      new S3Client({ ...settings, forcePathStyle: true }).send(
        new ListBucketMetricsConfigurationsCommand({ Bucket: 'b' }),
      ),
  ],
];

for (const [name, operation, call] of CALLS) {
  test(`${name}: what is not simulated is a 501 that names ${operation}`, async () => {
    await assert.rejects(call(), (error) => {
      assert.ok(error instanceof Error && '$metadata' in error);
      assert.partialDeepStrictEqual(error.$metadata, { httpStatusCode: 501 });
      assert.match(error.name, /^(UnknownOperationException|NotImplemented)$/);
      assert.match(error.message, new RegExp(String.raw`The simulator does not know .*\b${operation}`));
      return true;
    });
  });
}

test('what nobody signs is a 501 in XML too, and a form for SES version 1 gets XML', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const Action = 'AssumeRoleWithWebIdentity';
  const body = new URLSearchParams({ Action, Version: '2011-06-15' });

  const answer = await fetch(endpoint, { method: 'POST', headers: form, body });
  const unsigned = await fetch(endpoint, {
    method: 'POST',
    headers: form,
    body: new URLSearchParams({ Action: 'GetSendQuota', Version: '2010-12-01' }),
  });

  assert.equal(answer.status, 501);
  assert.match(
    await answer.text(),
    /^<ErrorResponse .*<Code>UnknownOperationException<.*AssumeRoleWithWebIdentity</,
  );
  assert.equal(unsigned.status, 403);
  assert.match(await unsigned.text(), /^<ErrorResponse .*<Type>Sender<.*<Code>MissingAuthenticationToken/);
});

test('a client that asks for the code of the query protocol gets it in a header', async () => {
  const sqs = new SQSClient(settings);

  const call = sqs.send(
    new AddPermissionCommand({ QueueUrl: '', Label: '', AWSAccountIds: [], Actions: [] }),
  );

  await assert.rejects(call, { name: 'UnknownOperationException' });
});
