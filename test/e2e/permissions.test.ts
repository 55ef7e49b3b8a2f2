import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

/**
 * By prefix: granted, but used by nothing that the simulator sees. One that is used, or gone, fails the
 * test.
 */
const EXPLAINED: Readonly<Record<string, string>> = {
  'kinesis:DescribeStreamSummary':
    'Lambda asks for it when it reads a stream: AWSLambdaKinesisExecutionRole has it. The simulator reads by itself.',
  'ses:SendEmail arn:aws:ses:us-east-1:111122223333:identity/voicemail@example.com':
    'SES asks for the identity that is verified: the domain here, the address elsewhere.',
};

/** Operations that fail once more for each of these, by the function that asks. */
const failures: { readonly caller: string; readonly operation: string; readonly refusal?: AwsError }[] = [];
let isDeaf = false;

const { simulator, taskOf, settled, recorded } = await startLaptop({
  recognizer: createStandInRecognizer(() => {
    if (isDeaf) throw new Error('the recognizer broke');
    return 'please call me back';
  }),
  interfere({ operation, caller }) {
    const index = failures.findIndex((one) => one.operation === operation && caller.startsWith(one.caller));
    if (index === -1) return undefined;
    const [failure] = failures.splice(index, 1);
    return failure?.refusal ?? new AwsError('ConflictException', 409, 'out of order');
  },
});
const { connect, deployment, kinesis, lambda, sqs, s3, clock, endpoint, credentials } = simulator;
const administrator = { endpoint, credentials, region: 'us-east-1' };
const { instanceArn, contactRecordStreamArn, users } = configuredWorld();
const MINUTE_MS = 60_000;
const WORKERS = {
  'recording-queue': 'saverecording',
  'transcription-queue': 'starttranscription',
  'transcription-failed-queue': 'transcriptionfailed',
  'delivery-queue': 'delivervoicemail',
};

before(async () => {
  const contactId = await leaveMessage({});
  const link = (await taskOf(contactId)).references['Recording']?.value ?? '';
  assert.equal((await fetch(link, { redirect: 'manual' })).status, 302);
  await show(contactId);

  await leaveMessage({ attributes: forAgent(users[0]?.id ?? '') });
  await leaveMessage({ audio: new Int16Array(0) });
  const byMail = { vmx3_flag: '1', vmx3_mode: 'email', email_template: 'west' };
  await leaveMessage({ attributes: byMail });
  // The event of the recording starts the job, or leaves a stand-in.
  failures.push({
    caller: 'saverecording',
    ...startOf(new AwsError('OutOfOrder', 409, 'later')),
  });
  await leaveMessage({});
  failures.push({
    caller: 'saverecording',
    ...startOf(new AwsError('OutOfOrder', 409, 'later')),
  });
  failures.push({ caller: 'starttranscription', ...startOf(new AwsError('BadRequestException', 400, 'no')) });
  await leaveMessage({});
  failures.push({ caller: 'saverecording', operation: 'CompleteMultipartUpload' });
  await leaveMessage({ attributes: { vmx3_flag: '1', vmx3_preferred_agent: 'ana.ruiz' } });
  await leaveMessage({ audio: spokenNoise(6 * 60) });
  isDeaf = true;
  for (const caller of Object.values(WORKERS)) failures.push({ caller, operation: 'GetItem' });
  await leaveMessage({});
  await leaveMessage({ attributes: { vmx3_flag: '1', vmx3_lang: 'auto' } });
  isDeaf = false;

  kinesis.put(contactRecordStreamArn, MALFORMED_RECORD, 'malformed');
  kinesis.put(contactRecordStreamArn, await recorded(contactId), contactId);
  for (const queue of Object.keys(WORKERS)) sendTo(queue);
  for (const state of ['received', 'recorded', 'transcribing', 'delivering']) {
    await show(await plantOverdue(state, contactId));
  }
  await clock.sleep(3 * MINUTE_MS);

  // The same voicemail once more, with its transcript gone, and then its recording too.
  await deleteFrom('transcripts', contactId);
  await plantOverdue('delivering', contactId, contactId);
  await clock.sleep(3 * MINUTE_MS);
  await deleteFrom('recordings', contactId);
  assert.equal((await fetch(link, { redirect: 'manual' })).status, 410);
});

test('every action that is granted is used, or explained', (t) => {
  const grants = simulator.grants();
  const unused = grants.filter(({ isUsed }) => !isUsed);

  assert.deepEqual(
    unused.filter((grant) => !Object.keys(EXPLAINED).some((start) => lineOf(grant).startsWith(start))),
    [],
  );
  assert.deepEqual(
    Object.keys(EXPLAINED).filter((start) => !unused.some((grant) => lineOf(grant).startsWith(start))),
    [],
    'an explanation that explains nothing',
  );
  t.diagnostic(`${grants.length} grants, ${grants.length - unused.length} used`);
});

const lineOf = ({ action, resource }: { action: string; resource: string }) => `${action} ${resource}`;

const startOf = (refusal: AwsError) => ({ operation: 'StartTranscriptionJob', refusal });

async function leaveMessage(changes: Partial<Parameters<typeof connect.placeCall>[0]>): Promise<string> {
  const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(1), ...changes });
  await settled(contactId);
  return contactId;
}

function forAgent(id: string): Record<string, string> {
  return { vmx3_flag: '1', vmx3_queue_arn: `${instanceArn}/queue/agent/${id}` };
}

const MALFORMED_RECORD = JSON.stringify({
  Agent: null,
  Attributes: { vmx3_flag: '1' },
  Channel: 'VOICE',
  InstanceARN: instanceArn,
});

function sendTo(queue: string): void {
  const wanted = `${queue.replaceAll('-', '')}Queue`;
  const id = Object.keys(deployment.queues).find((name) => name.startsWith(wanted));
  sqs.send(deployment.queues[id ?? '']?.arn ?? '', '{}');
}

function show(contactId: string) {
  const id = deployment.idOf('AWS::Lambda::Function', 'show-voicemail');
  const Details = { Parameters: { contact_id: contactId }, ContactData: { InstanceARN: instanceArn } };
  const event = { Name: 'ContactFlowEvent', Details };
  return lambda.invoke(deployment.functions[id]?.arn ?? '', JSON.stringify(event));
}

/** A copy of a voicemail of which there is only a ledger entry, in that state and past its due time. */
async function plantOverdue(
  state: string,
  likeId: string,
  contactId: string = crypto.randomUUID(),
): Promise<string> {
  const client = new DynamoDBClient(administrator);
  const documents = DynamoDBDocumentClient.from(client);
  const [TableName] = Object.values(deployment.tables).map(({ name }) => name);
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { contactId: likeId } }));
  const { voicemail } = z.object({ voicemail: z.record(z.string(), z.unknown()) }).parse(Item);
  const entry = { contactId, state, open: '1', dueAtMs: clock.now() - 1, leaseUntilMs: 0, attempts: 0 };
  const Put = new PutCommand({ TableName, Item: { ...entry, voicemail: { ...voicemail, contactId } } });
  await documents.send(Put);
  client.destroy();
  return contactId;
}

async function deleteFrom(bucket: 'recordings' | 'transcripts', contactId: string): Promise<void> {
  const client = new S3Client({ ...administrator, forcePathStyle: true });
  const Bucket = deployment.physicalId(deployment.idOf('AWS::S3::Bucket', bucket));
  for (const Key of s3.list(Bucket).filter((key) => key.includes(contactId))) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  client.destroy();
}
