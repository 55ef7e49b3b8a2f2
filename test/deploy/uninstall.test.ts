import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { runVmx } from '../../cli/run-vmx.ts';
import { uninstallCommand } from '../../cli/uninstall/uninstall.ts';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import { inTerminalOf } from './in-terminal.ts';
import { remover, STACK } from './remover.ts';

const CONTACT = { contactId: '11111111-0000-4000-8000-000000000001' };

/** Puts things into what the stack has made, and takes them out. */
function stackAtHand(simulator: SimulatedAccount) {
  const { endpoint, credentials } = simulator;
  const place = { endpoint, credentials, region: 'us-east-1' };
  const { outputs } = simulator.deployed(STACK);
  const output = (key: string) => outputs[key] ?? assert.fail(`no output ${key}`);
  const sqs = new SQSClient(place);
  const dynamodb = new DynamoDBClient(place);
  const s3 = new S3Client(place);
  const TableName = output('LedgerTable');
  const Bucket = output('RecordingsBucket');
  return {
    bucket: Bucket,
    /** `delayed`: nobody reads it before a quarter of an hour has passed. */
    send: (queue: string, when: 'delayed' | 'now') =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: output(queue),
          MessageBody: '{}',
          ...(when === 'delayed' && { DelaySeconds: 900 }),
        }),
      ),
    purge: (queue: string) => sqs.send(new PurgeQueueCommand({ QueueUrl: output(queue) })),
    note: (state: string, open: object) =>
      dynamodb.send(new PutCommand({ TableName, Item: { ...CONTACT, state, ...open } })),
    forget: () => dynamodb.send(new DeleteCommand({ TableName, Key: CONTACT })),
    noted: async () => (await dynamodb.send(new GetCommand({ TableName, Key: CONTACT }))).Item,
    record: (Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'RIFF' })),
    /** The version itself, not only from the listing. */
    clear: (Key: string, VersionId = '') => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId })),
    cloudFormation: new CloudFormationClient(place),
  };
}

const ON_ITS_WAY = { open: '1', dueAtMs: 4_000_000_000_000 };

test('it waits for voicemails on their way, deletes the stack, keeps what was said, and finds none then', async (t) => {
  const steps = [
    () => hand.purge('DeliveryQueueUrl'),
    () => hand.note('delivered', {}),
    () => hand.purge('RecordingDeadLettersUrl'),
  ];
  const { simulator, uninstall, heard } = await remover(t, {
    whileWaiting: () => (steps.shift() ?? assert.fail('it waits although nothing does'))(),
    typed: (question) => (question.startsWith('To delete the data') ? '' : STACK),
  });
  const hand = stackAtHand(simulator);
  await hand.send('DeliveryQueueUrl', 'delayed');
  await hand.send('RecordingDeadLettersUrl', 'now');
  await hand.note('recorded', ON_ITS_WAY);
  await hand.record('a.wav');

  assert.equal(await uninstall(), 0);

  const text = heard();
  assert.match(
    text,
    /Waiting for 1 voicemail on the way, 1 message in the work queues, 1 dead letter of recording-queue …/,
  );
  assert.match(text, /Waiting for 1 voicemail on the way, 1 dead letter of recording-queue …/);
  assert.match(text, /Waiting for 1 dead letter of recording-queue … Ctrl\+C stops; --lose-waiting goes on/);
  assert.equal(
    text.match(/Look: npx vmx list\n {2}npx vmx redrive --queue recording-queue --yes/g)?.length,
    1,
  );
  assert.match(
    text,
    /deleted: \d+ resources\n(?: {4}\d+ × AWS::.*\n)+ {2}kept, with what is in them: 5 resources/,
  );
  assert.match(text, new RegExp(`AWS::S3::Bucket {2}${hand.bucket}\\n`));
  assert.match(text, /Links to recordings that were sent no longer open\. The key that signs them is kept/);
  assert.match(text, / 1\/\d+ {2}DELETE_/);
  assert.match(text, / DELETE_SKIPPED +AWS::DynamoDB::Table /);
  const [, done, all] = /(\d+)\/(\d+) {2}\S+ +\S+ {2}\S+\n\nDeleted: stack VoicemailExpress/.exec(text) ?? [];
  assert.ok(done !== undefined && done === all, text.slice(-600));
  assert.throws(() => simulator.deployed(STACK), /does not exist/);
  assert.deepEqual(simulator.s3.list(hand.bucket), ['a.wav']);
  assert.equal((await hand.noted())?.['state'], 'delivered');

  await assert.rejects(
    uninstall(),
    /there is no stack VoicemailExpress in us-east-1: there is nothing to delete\. To delete what one left behind/,
  );
});

test('dead letters stop a script, unless they may be lost', async (t) => {
  const { simulator, uninstall, heard, isLeftAlone } = await remover(t);
  await stackAtHand(simulator).send('DeliveryDeadLettersUrl', 'now');

  await assert.rejects(uninstall('--yes', STACK, '--deployment', 'acme'), {
    name: 'RefusedError',
    message:
      /^1 dead letter of delivery-queue would be lost\.\n.*npx vmx list --deployment acme\n {2}npx vmx redrive --queue delivery-queue --yes --deployment acme\nOr say --lose-waiting$/,
  });
  assert.ok(isLeftAlone());

  assert.equal(await uninstall('--yes', STACK, '--lose-waiting'), 0);
  assert.match(heard(), /Lost, because of --lose-waiting: 1 dead letter of delivery-queue\./);
});

test('what comes in while the person thinks keeps the stack', async (t) => {
  const { uninstall, isLeftAlone } = await remover(t, {
    async typed(_, simulator) {
      await stackAtHand(simulator).note('received', ON_ITS_WAY);
      return STACK;
    },
  });

  await assert.rejects(uninstall(), /meanwhile something has come in: 1 voicemail on the way\. Nothing was/);
  assert.ok(isLeftAlone());
});

test('a deletion that is under way is watched to its end', async (t) => {
  const { simulator, uninstall, heard } = await remover(t);
  const { cloudFormation } = stackAtHand(simulator);
  await cloudFormation.send(new DeleteStackCommand({ StackName: STACK }));

  assert.equal(await uninstall(), 0);

  assert.match(heard(), /CloudFormation is deleting it already\.\n/);
  assert.match(heard(), / DELETE_COMPLETE +AWS::Lambda::Function {2}delivervoicemailFunction/);
  assert.match(heard(), /Deleted: stack VoicemailExpress/);
});

test('vmx uninstall deletes the stack of the settings, and says at the next run that there is none', async (t) => {
  const { simulator } = await remover(t);
  inTerminalOf(t, simulator);
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const vmx = (...args: readonly string[]) => runVmx([uninstallCommand], args, { out: say, err: say });

  assert.equal(await vmx('uninstall', '--yes', STACK), 0);
  assert.match(said.splice(0).join('\n'), /Deleted: stack VoicemailExpress/);
  assert.equal(await vmx('uninstall', '--yes', STACK), 1);
  assert.match(said.join('\n'), /vmx uninstall: there is no stack VoicemailExpress in us-east-1/);
});

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** As if an older version had not kept its buckets. */
function withoutKeptBuckets(template: unknown) {
  const { Resources, ...rest } = Template.parse(template);
  const changed = Object.entries(Resources).map(([id, one]) => [
    id,
    one.Type === 'AWS::S3::Bucket' ? { ...one, DeletionPolicy: 'Delete' } : one,
  ]);
  return { ...rest, Resources: Object.fromEntries(changed) };
}

test('what cannot be deleted is said with its reason, and the next run goes on from there', async (t) => {
  const { simulator, uninstall, heard } = await remover(t, { templatePatch: withoutKeptBuckets });
  const hand = stackAtHand(simulator);
  const { VersionId } = await hand.record('a.wav');

  await assert.rejects(uninstall('--yes', STACK), {
    name: 'RefusedError',
    message:
      /^some of the stack VoicemailExpress could not be deleted:\n {2}✖ AWS::S3::Bucket recordingsBucket\w+: .*\nMend .*run it again\..*\n {2}aws cloudformation delete-stack --stack-name VoicemailExpress --region us-east-1 --deletion-mode FORCE_DELETE_STACK$/,
  });

  await hand.clear('a.wav', VersionId);
  assert.equal(await uninstall('--yes', STACK), 0);
  assert.match(heard(), /It is DELETE_FAILED: whether voicemails wait was not looked at\./);
  assert.match(heard(), /deleted: 1 resource\n {4}1 × AWS::S3::Bucket\n/);
});
