import assert from 'node:assert/strict';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { CALLER, spokenNoise, type startLaptop } from './laptop.ts';

type StartedLaptop = Awaited<ReturnType<typeof startLaptop>>;

const { instanceArn, contactRecordStreamArn, users } = configuredWorld();
const MINUTE_MS = 60_000;
const WORKERS = {
  'recording-queue': 'saverecording',
  'transcription-queue': 'starttranscription',
  'transcription-failed-queue': 'transcriptionfailed',
  'delivery-queue': 'delivervoicemail',
};

/** Operations that fail once more for each of these, by the function that asks. */
const failures: { readonly caller: string; readonly operation: string; readonly refusal?: AwsError }[] = [];
let isDeaf = false;

/** What the laptop has to be started with. */
export const SURROUNDINGS = {
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
} satisfies Partial<AccountOptions>;

/** Voicemails of every kind, good days and bad ones: every permission of the functions is needed. */
export async function useEveryGrant(laptop: StartedLaptop): Promise<void> {
  const { kinesis, clock } = laptop.simulator;
  const { taskOf, recorded } = laptop;
  const contactId = await leaveMessage(laptop, {});
  const link = (await taskOf(contactId)).references['Recording']?.value ?? '';
  assert.equal((await fetch(link)).status, 200);
  assert.equal((await fetch(`${link}/heard`, { method: 'POST' })).status, 204);
  const shown = JSON.stringify((await show(laptop, contactId)).payload);
  const [, player = ''] = / src='([^']+)'/.exec(shown) ?? [];
  assert.equal((await fetch(player.replaceAll('&#38;', '&'))).status, 200);
  await show(laptop, contactId, { action: 'handled', outcome: 'called-back' });

  await leaveMessage(laptop, { attributes: forAgent(users[0]?.id ?? '') });
  await leaveMessage(laptop, { audio: new Int16Array(0) });
  const byMail = { vmx3_flag: '1', vmx3_mode: 'email', email_template: 'west' };
  await leaveMessage(laptop, { attributes: byMail });
  // The event of the recording starts the job, or leaves a stand-in.
  failures.push({
    caller: 'saverecording',
    ...startOf(new AwsError('OutOfOrder', 409, 'later')),
  });
  await leaveMessage(laptop, {});
  failures.push({
    caller: 'saverecording',
    ...startOf(new AwsError('OutOfOrder', 409, 'later')),
  });
  failures.push({ caller: 'starttranscription', ...startOf(new AwsError('BadRequestException', 400, 'no')) });
  await leaveMessage(laptop, {});
  failures.push({ caller: 'saverecording', operation: 'CompleteMultipartUpload' });
  await leaveMessage(laptop, { attributes: { vmx3_flag: '1', vmx3_preferred_agent: 'ana.ruiz' } });
  await leaveMessage(laptop, { audio: spokenNoise(6 * 60) });
  isDeaf = true;
  for (const caller of Object.values(WORKERS)) failures.push({ caller, operation: 'GetItem' });
  await leaveMessage(laptop, {});
  await leaveMessage(laptop, { attributes: { vmx3_flag: '1', vmx3_lang: 'auto' } });
  isDeaf = false;

  kinesis.put(contactRecordStreamArn, MALFORMED_RECORD, 'malformed');
  kinesis.put(contactRecordStreamArn, await recorded(contactId), contactId);
  for (const queue of Object.keys(WORKERS)) sendTo(laptop, queue);
  for (const state of ['received', 'recorded', 'transcribing', 'delivering']) {
    await show(laptop, await plantOverdue(laptop, state, contactId));
  }
  await clock.sleep(3 * MINUTE_MS);

  // The same voicemail once more, with its transcript gone, and then its recording too.
  await deleteFrom(laptop, 'transcripts', contactId);
  await plantOverdue(laptop, 'delivering', contactId, contactId);
  await clock.sleep(3 * MINUTE_MS);
  await deleteFrom(laptop, 'recordings', contactId);
  assert.equal((await fetch(link, { redirect: 'manual' })).status, 410);
}

function administratorOf({ endpoint, credentials }: Simulator) {
  return { endpoint, credentials, region: 'us-east-1' };
}

const startOf = (refusal: AwsError) => ({ operation: 'StartTranscriptionJob', refusal });

async function leaveMessage(
  { simulator: { connect }, settled }: StartedLaptop,
  changes: Partial<Parameters<StartedLaptop['simulator']['connect']['placeCall']>[0]>,
): Promise<string> {
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

function sendTo({ simulator: { deployment, sqs } }: StartedLaptop, queue: string): void {
  const wanted = `${queue.replaceAll('-', '')}Queue`;
  const id = Object.keys(deployment.queues).find((name) => name.startsWith(wanted));
  sqs.send(deployment.queues[id ?? '']?.arn ?? '', '{}');
}

function show(
  { simulator: { deployment, lambda } }: StartedLaptop,
  contactId: string,
  more: Readonly<Record<string, string>> = {},
) {
  const id = deployment.idOf('AWS::Lambda::Function', 'show-voicemail');
  const Details = {
    Parameters: { contact_id: contactId, ...more },
    ContactData: { InstanceARN: instanceArn },
  };
  const event = { Name: 'ContactFlowEvent', Details };
  return lambda.invoke(deployment.functions[id]?.arn ?? '', JSON.stringify(event));
}

/** A copy of a voicemail of which there is only a ledger entry, in that state and past its due time. */
async function plantOverdue(
  { simulator }: StartedLaptop,
  state: string,
  likeId: string,
  contactId: string = crypto.randomUUID(),
): Promise<string> {
  const { deployment, clock } = simulator;
  const client = new DynamoDBClient(administratorOf(simulator));
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

async function deleteFrom(
  { simulator }: StartedLaptop,
  bucket: 'recordings' | 'transcripts',
  contactId: string,
): Promise<void> {
  const { deployment, s3 } = simulator;
  const client = new S3Client({ ...administratorOf(simulator), forcePathStyle: true });
  const Bucket = deployment.physicalId(deployment.idOf('AWS::S3::Bucket', bucket));
  for (const Key of s3.list(Bucket).filter((key) => key.includes(contactId))) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  client.destroy();
}
