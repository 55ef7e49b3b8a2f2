import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { ConnectClient, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createModelCheck } from '../../simulator/models/model-check.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { BILLING_ARN, FLOW, INSTANCE } from './connect-setup.ts';

const VMX = join(import.meta.dirname, '../../cli/vmx.ts');

test('started without a stack, it lists tables, keeps an object and brings a task to its queue', async (t) => {
  const world = laptopWorld({ ivrRecordingsBucket: 'acme-recordings' });
  const check = createModelCheck();
  const simulator = await startSimulator({
    world,
    recognizer: createStandInRecognizer(''),
    onAnswer: check.see,
  });
  t.after(async () => {
    await simulator.close();
    check.end();
  });
  const { endpoint, credentials, account } = simulator;
  const client = { endpoint, credentials, region: account.region };
  const tables = new DynamoDBClient(client);
  const s3 = new S3Client(client);

  const before = await tables.send(new ListTablesCommand());
  await tables.send(
    new CreateTableCommand({
      TableName: 'calls',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const { TableNames } = await tables.send(new ListTablesCommand());
  await s3.send(new PutObjectCommand({ Bucket: 'acme-recordings', Key: 'a.txt', Body: 'Hello' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'acme-recordings', Key: 'a.txt' }));
  const arrived = new Promise((resolve) =>
    simulator.happenings.listen((one) => one.kind === 'task-created' && resolve(one.contactId)),
  );
  const { ContactId } = await new ConnectClient(client).send(
    new StartTaskContactCommand({
      InstanceId: INSTANCE,
      ContactFlowId: FLOW,
      Name: 'Call back',
      Attributes: { vmx3_queue_arn: BILLING_ARN },
    }),
  );

  assert.deepEqual(before.TableNames, []);
  assert.deepEqual(TableNames, ['calls']);
  assert.equal(await Body?.transformToString(), 'Hello');
  assert.equal(await arrived, ContactId);
});

test('vmx simulator prints its address, can be reached there, and ends with Ctrl+C', async (t) => {
  const vmx = spawn(process.execPath, [VMX, 'simulator'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => vmx.kill('SIGKILL'));
  const ended = once(vmx, 'exit');
  const exported = new Map<string, string>();
  for await (const line of createInterface(vmx.stdout)) {
    for (const [, name = '', value = ''] of line.matchAll(/(AWS_\w+)=(\S+)/g)) exported.set(name, value);
    if (line.includes('Ctrl+C')) break;
  }
  const value = (name: string) => exported.get(name) ?? '';
  const tables = new DynamoDBClient({
    endpoint: value('AWS_ENDPOINT_URL'),
    region: value('AWS_REGION'),
    credentials: {
      accessKeyId: value('AWS_ACCESS_KEY_ID'),
      secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
    },
  });

  assert.deepEqual((await tables.send(new ListTablesCommand())).TableNames, []);

  vmx.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});
