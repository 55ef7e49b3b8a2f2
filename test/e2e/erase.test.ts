import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StartTranscriptionJobCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { z } from 'zod';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { eraseCommand } from '../../cli/erase/erase.ts';
import { holdCommand, releaseHoldCommand } from '../../cli/holds/hold.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { keysOf, type VoicemailKeys } from '../../src/domain/object-keys.ts';
import { secondJobNameOf } from '../../src/domain/transcript.ts';
import sample from '../../voicemail.config.ts';
import { BILLING_ARN, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { searchEverything } from './search-everything.ts';

const WORDS = 'Zz9_canary_words';
const NAME = 'Zz9_canary_name';
/** Nobody else calls from these. */
const NUMBERS = ['+15555550161', '+15555550162', '+15555550163', '+15555550164'] as const;
const NOBODY = 'c0ffee00-0000-4000-8000-000000000bad';
const ERASER = 'arn:aws:iam::111122223333:role/Eraser';
const OPERATOR = 'arn:aws:iam::111122223333:role/Operator';
const MINUTE_MS = 60_000;

const { simulator, taskOf, tasksOf, settled, recorded, until } = await startLaptop({
  recognizer: createStandInRecognizer(`call me back ${WORDS}`),
  delays: { transcriptionMs: 5_000 },
});
const { clock, connect, deployment, endpoint, faults, kinesis, s3, sqs } = simulator;
const allowed = await Promise.all(['erase', 'operate'].map((whom) => statementsFor(whom)));
process.env['AWS_ENDPOINT_URL'] = endpoint;

async function statementsFor(whom: string) {
  const policies = await policiesOf(whom === 'erase' ? 'erase' : 'operate', sample);
  return policies.flatMap(({ Statement }) => Statement);
}

const pause = (ms: number) => clock.sleep(ms);

/** Runs a command with exactly the permissions that are printed for it. */
async function vmx(...args: readonly string[]) {
  const [erasing = [], operating = []] = allowed;
  const statements = args[0] === 'erase' ? erasing : operating;
  const keys = simulator.addRole({ arn: args[0] === 'erase' ? ERASER : OPERATOR, statements });
  process.env['AWS_ACCESS_KEY_ID'] = keys.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = keys.secretAccessKey;
  process.env['AWS_SESSION_TOKEN'] = keys.sessionToken ?? '';
  const commands = [eraseCommand(pause), holdCommand(pause), releaseHoldCommand(pause)];
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const code = await runVmx(commands, args, { out: say, err: say });
  return { code, said: lines.join('\n') };
}

function leave(from: string): string {
  const attributes = { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_from: from, customer_name: NAME };
  return connect.placeCall({ from, audio: spokenNoise(1), attributes }).contactId;
}

async function delivered(from: string): Promise<string> {
  const contactId = leave(from);
  await taskOf(contactId);
  await settled(contactId);
  return contactId;
}

const bucketOf = (part: string) => deployment.physicalId(deployment.idOf('AWS::S3::Bucket', part));
const objectsOf = (contactId: string) =>
  ['recordings', 'transcripts', 'failures'].flatMap((part) =>
    s3.list(bucketOf(part), '').filter((key) => key.includes(contactId)),
  );

test('after an erasure no store has the words or the number, but what the output names', async () => {
  const [from] = NUMBERS;
  const contactId = await delivered(from);
  const [task] = tasksOf(contactId);
  assert.ok(task);
  // The canaries are where a search looks, so that finding nothing says something.
  const before = await searchEverything(simulator, [WORDS, from, NAME], [contactId]);
  assert.ok(before.some((place) => place.startsWith('s3://')));
  assert.ok(before.includes(`item ${contactId}`));

  const dry = await vmx('erase', contactId, '--contact-data');
  assert.equal(dry.code, 0, dry.said);
  assert.match(dry.said, /would be erased[^]*recording recordings\/[^]*transcript transcripts\/[^]*--yes/);
  assert.deepEqual(await searchEverything(simulator, [WORDS, from, NAME], [contactId]), before);

  const { code, said } = await vmx('erase', contactId, '--contact-data', '--yes');
  await clock.sleep(10 * MINUTE_MS);

  assert.equal(code, 0, said);
  assert.doesNotMatch(said, new RegExp(`${WORDS}|${NAME}|\\${from}`));
  assert.match(said, new RegExp(`task ${task.contactId} was ended`));
  assert.match(said, new RegExp(`stays: task ${task.contactId} keeps its name`));
  assert.match(said, /stays: contact .* has attributes of your flows: customer_name/);
  const left = await searchEverything(simulator, [WORDS, from, NAME], [contactId]);
  // Named above: what the flows wrote beside our attributes.
  assert.deepEqual(left, [`contact ${contactId}`, `attributes of ${contactId}`]);
  assert.deepEqual(await searchEverything(simulator, [WORDS, from], [contactId]), []);
  assert.deepEqual(objectsOf(contactId), []);
  // The end of its task did not bring it back.
  assert.equal(tasksOf(contactId).length, 1);
});

test('the entry stays as a fact, in no index, and a repeated contact record is known', async () => {
  const [, from] = NUMBERS;
  const contactId = await delivered(from);

  const { code, said } = await vmx('erase', '--from', from, '--yes', '--json');

  assert.equal(code, 0, said);
  const Said = z.object({ contacts: z.array(z.object({ contactId: z.string(), kind: z.string() })) });
  const json = said.slice(said.indexOf('{'));
  assert.deepEqual(Said.parse(JSON.parse(json)).contacts, [{ contactId, kind: 'erased' }]);
  const entry = await ledgerEntry(simulator, contactId);
  for (const name of ['inbox', 'inboxPlace', 'open', 'dueAtMs', 'caller', 'callEndedAtMs', 'levels', 'notes'])
    assert.equal(entry[name], undefined, name);
  assert.match(String(entry['erasedBy']), /assumed-role\/Eraser\//);
  assert.ok(Number(entry['expiresAt']) * 1000 > clock.now() + 730 * 24 * 60 * MINUTE_MS);

  kinesis.put(connect.world.contactRecordStreamArn, await recorded(contactId), contactId);
  await clock.sleep(2 * 60 * MINUTE_MS);

  assert.equal(tasksOf(contactId).length, 1);
  assert.deepEqual(objectsOf(contactId), []);
  assert.deepEqual(await ledgerEntry(simulator, contactId), entry);

  const again = await vmx('erase', contactId, '--yes');
  assert.equal(again.code, 0, again.said);
  assert.deepEqual(await ledgerEntry(simulator, contactId), entry);
});

test('what is held is not erased before it is released', async () => {
  const [, , from] = NUMBERS;
  const contactId = await delivered(from);
  await vmx('hold', contactId);
  const before = objectsOf(contactId);

  const held = await vmx('erase', contactId, '--yes');

  assert.equal(held.code, 1);
  assert.match(held.said, /somebody holds it, so nothing of it was erased: vmx release-hold/);
  assert.deepEqual(objectsOf(contactId), before);
  await vmx('release-hold', contactId);
  assert.equal((await vmx('erase', contactId, '--yes')).code, 0);
  // The copies of the hold are gone with all their versions.
  assert.deepEqual(await searchEverything(simulator, [WORDS, from], []), []);
});

test('a voicemail on its way is stopped, and what a step stored meanwhile is erased the second time', async () => {
  const [, , , from] = NUMBERS;
  const contactId = leave(from);
  faults.set({ rules: [{ operation: 'ListFragments', fault: 'throttle', about: contactId }] });
  await clock.sleep(3 * MINUTE_MS);
  const { state, voicemail } = await ledgerEntry(simulator, contactId);
  const { calledAtMs } = z.looseObject({ calledAtMs: z.number() }).parse(voicemail);
  assert.equal(state, 'received');

  const first = await vmx('erase', contactId, '--yes');
  // What a step does that had read the entry before.
  await putAsSteps(keysOf({ contactId, calledAtMs }), from);
  faults.clear();
  await clock.sleep(30 * MINUTE_MS);

  assert.equal(first.code, 1, first.said);
  assert.match(
    first.said,
    /erased, but not finished[^]*a step that had begun can still store it: erase it again after/,
  );
  assert.equal(tasksOf(contactId).length, 0);
  assert.equal(objectsOf(contactId).length, 2);

  const second = await vmx('erase', contactId, '--yes', '--contact-data');

  assert.equal(second.code, 0, second.said);
  assert.match(second.said, new RegExp(`transcription job ${secondJobNameOf(contactId)}`));
  await clock.sleep(25 * 60 * MINUTE_MS);
  assert.deepEqual(objectsOf(contactId), []);
  assert.deepEqual(await searchEverything(simulator, [WORDS, from], [contactId]), []);
  assert.equal(tasksOf(contactId).length, 0);
});

async function putAsSteps(
  { contactId, recordingKey, transcriptKey }: VoicemailKeys,
  from: string,
): Promise<void> {
  const client = new S3Client({
    endpoint,
    credentials: simulator.credentials,
    region: 'us-east-1',
    forcePathStyle: true,
  });
  const recording = { Bucket: bucketOf('recordings'), Key: recordingKey, Body: 'audio', Metadata: { from } };
  await client.send(new PutObjectCommand(recording));
  const transcript = { Bucket: bucketOf('transcripts'), Key: transcriptKey, Body: WORDS };
  await client.send(new PutObjectCommand(transcript));
  client.destroy();
  // The second job, which no step deletes of a voicemail in a known language.
  const transcribe = new TranscribeClient({
    endpoint,
    credentials: simulator.credentials,
    region: 'us-east-1',
  });
  const job = new StartTranscriptionJobCommand({
    TranscriptionJobName: secondJobNameOf(contactId),
    Media: { MediaFileUri: `s3://${recording.Bucket}/${recordingKey}` },
    MediaFormat: 'wav',
    LanguageCode: 'en-US',
    OutputBucketName: transcript.Bucket,
    OutputKey: transcriptKey,
  });
  await transcribe.send(job);
  transcribe.destroy();
}

test('a record that could not be read is deleted if it names the number', async () => {
  const [from] = NUMBERS;
  const contactId = await delivered('+15555550165');
  const broken = JSON.stringify({
    Agent: null,
    Attributes: { vmx3_flag: '1', vmx3_from: from },
    Channel: 'VOICE',
    InstanceARN: connect.world.instanceArn,
    InitialContactId: contactId,
  });
  kinesis.put(connect.world.contactRecordStreamArn, broken, 'broken');
  const bucket = bucketOf('failures');
  await until('the malformed record', () => s3.list(bucket, 'malformed-records/')[0]);
  const letters = Object.entries(deployment.queues).find(([id]) => /^deliveryQueueDeadLetters/i.test(id));
  sqs.send(letters?.[1].arn ?? '', JSON.stringify({ push: 'deliver', contactId }));

  const { code, said } = await vmx('erase', contactId, '--yes');

  assert.equal(code, 0, said);
  assert.match(said, /1 dead letter of delivery-queue can hold a number.* after 14 days/);
  assert.match(said, /Records that could not be read: 1 searched .*, 1 were deleted/);
  assert.deepEqual(s3.list(bucket, 'malformed-records/'), []);
});

test('without the index the whole ledger is read for a number', async () => {
  const from = '+15555550166';
  const contactId = await delivered(`sip:${from}@carrier.example`);

  const { code, said } = await vmx('erase', '--from', from, '--whole-ledger', '--yes');

  assert.equal(code, 0, said);
  assert.match(said, /The whole ledger was read, \d+ entries: 1 of this number/);
  assert.deepEqual(objectsOf(contactId), []);
  assert.match(
    (await vmx('erase', '--from', from)).said,
    /0 voicemails of this number in the index of callers/,
  );
});

test('what cannot be erased is said before AWS is asked', async () => {
  assert.equal((await vmx('erase')).code, 2);
  assert.equal((await vmx('erase', '--from', '555-0142')).code, 2);
  assert.equal((await vmx('erase', NOBODY, '--from', NUMBERS[0])).code, 2);
  assert.equal((await vmx('erase', NOBODY, '--whole-ledger')).code, 2);
  assert.partialDeepStrictEqual(await vmx('erase', NOBODY), { code: 1 });
});

test('every permission that is printed for it was needed', () => {
  const own = simulator.grants().filter(({ roleArn }) => roleArn === ERASER);
  const used = new Set(own.filter(({ isUsed }) => isUsed).map(({ action }) => action));
  const unused = new Set(own.map(({ action }) => action).filter((action) => !used.has(action)));

  // IAM allows it to everybody.
  unused.delete('sts:GetCallerIdentity');
  assert.ok(own.length > 0);
  assert.deepEqual([...unused], []);
});
