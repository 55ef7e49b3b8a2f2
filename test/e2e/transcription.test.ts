import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ListTranscriptionJobsCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(1) };
const MINUTE_MS = 60_000;
const DEADLINE_MS = 30 * MINUTE_MS;

/** Transcribe's answer to the request for a job. */
let refusal: AwsError | undefined;
let isDeaf = false;
/** The recognizer's next results, before its usual one. */
const heardNext: string[] = [];

const laptop = await startLaptop({
  metrics: 'full',
  recognizer: createStandInRecognizer(() => {
    if (isDeaf) throw new Error('the recognizer broke');
    return heardNext.shift() ?? 'please call me back';
  }),
  interfere: ({ operation }) => (operation === 'StartTranscriptionJob' ? refusal : undefined),
});
const { simulator, happenings, taskOf, tasksOf, settled } = laptop;

const transcribe = new TranscribeClient({
  endpoint: simulator.endpoint,
  credentials: simulator.credentials,
  region: 'us-east-1',
});
after(() => transcribe.destroy());

const inLanguage = (vmx3_lang: string) => ({
  ...MESSAGE,
  attributes: { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_lang },
});

test('a recognizer that fails leaves a task without transcript, which says so', async () => {
  isDeaf = true;

  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);
  isDeaf = false;

  assert.equal(task.description, 'There is no transcript: transcription failed.');
  assert.ok(task.references['Recording']);
});

for (const language of ['de-AT', 'xx-YY']) {
  test(`a language that Transcribe does not know is tried, and the task without transcript names it: ${language}`, async () => {
    const { contactId } = simulator.connect.placeCall(inLanguage(language));
    const task = await taskOf(contactId);

    assert.equal(
      task.description,
      `There is no transcript: Amazon Transcribe does not know the language code "${language}".`,
    );
    assert.ok(task.references['Recording']);
  });
}

for (const language of ['EN-us', 'en_US', ' en-US ', 'en', 'en-Latn-US', 'en-GB-WLS']) {
  test(`a language in another form than Transcribe's is transcribed: "${language}"`, async () => {
    const task = await taskOf(simulator.connect.placeCall(inLanguage(language)).contactId);

    assert.equal(task.description, 'please call me back');
  });
}

test('a voicemail whose language is to be identified has its transcript', async () => {
  for (const auto of ['auto', ' Auto']) {
    const task = await taskOf(simulator.connect.placeCall(inLanguage(auto)).contactId);

    assert.equal(task.description, 'please call me back');
  }
});

test('if a language is not identified, one more job follows in the first language; both are deleted, without an alarm', async () => {
  heardNext.push('');

  const { contactId } = simulator.connect.placeCall(inLanguage('auto'));
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.equal(task.description, 'please call me back');
  assert.equal(tasksOf(contactId).length, 1);
  assert.deepEqual(jobsOf(contactId), [`vmx3_${contactId} FAILED`, `vmx3_${contactId}_2 COMPLETED`]);
  const { TranscriptionJobSummaries: left = [] } = await transcribe.send(
    new ListTranscriptionJobsCommand({ JobNameContains: contactId }),
  );
  assert.deepEqual(left, []);
  assert.deepEqual(failuresCounted(), 0);
});

test('a language that is not identified in a message without words is not a failure either', async () => {
  heardNext.push('', '');

  const { contactId } = simulator.connect.placeCall(inLanguage('auto'));
  const task = await taskOf(contactId);

  assert.equal(task.description, 'No words were recognized in the recording.');
  assert.deepEqual(failuresCounted(), 0);
});

for (const fault of ['crash-before', 'crash-after'] as const) {
  test(`a function that dies at the start of the second job starts it once: ${fault}`, async () => {
    const caller = simulator.deployment.idOf('AWS::Lambda::Function', 'transcription-failed');
    simulator.faults.set({ rules: [{ caller, operation: 'StartTranscriptionJob', nth: 1, fault }] });
    heardNext.push('');

    const { contactId } = simulator.connect.placeCall(inLanguage('auto'));
    const task = await taskOf(contactId);
    await settled(contactId);
    const wasUsed = simulator.faults.used();
    simulator.faults.set({});

    assert.deepEqual(wasUsed, [true]);
    assert.equal(task.description, 'please call me back');
    assert.equal(tasksOf(contactId).length, 1);
    assert.deepEqual(jobsOf(contactId), [`vmx3_${contactId} FAILED`, `vmx3_${contactId}_2 COMPLETED`]);
  });
}

test('a second job that fails as well leaves a task without transcript', async () => {
  isDeaf = true;

  const { contactId } = simulator.connect.placeCall(inLanguage('auto'));
  const task = await taskOf(contactId);
  isDeaf = false;

  assert.equal(task.description, 'There is no transcript: transcription failed.');
  assert.deepEqual(jobsOf(contactId), [`vmx3_${contactId} FAILED`, `vmx3_${contactId}_2 FAILED`]);
});

test('a job that Transcribe refuses leaves a task at once without transcript, which says so in words', async () => {
  refusal = new AwsError('BadRequestException', 400, 'The request was not accepted.');
  const leftAtMs = simulator.clock.now();

  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);
  refusal = undefined;

  assert.equal(task.description, 'There is no transcript: Amazon Transcribe did not accept the recording.');
  // A job that is tried again would be waited for until the deadline. A busy machine may need a minute.
  assert.ok(task.createdAtMs - leftAtMs < DEADLINE_MS / 2);
});

test('while Transcribe’s quota is used up a voicemail waits until the deadline, and is delivered without transcript', async () => {
  refusal = new AwsError('LimitExceededException', 400, 'You have too many concurrent jobs.');
  const leftAtMs = simulator.clock.now();

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);
  refusal = undefined;
  // Its message still waits, and can be processed now.
  await simulator.clock.sleep(20 * MINUTE_MS);

  assert.equal(task.description, 'There is no transcript: transcription could not be started in time.');
  const waitedMs = task.createdAtMs - leftAtMs;
  assert.ok(waitedMs >= DEADLINE_MS && waitedMs < DEADLINE_MS + 3 * MINUTE_MS, `${waitedMs} ms`);
  assert.equal(tasksOf(contactId).length, 1);
});

test('a late transcript is not waited for; it is kept, but not delivered', async () => {
  const slow = await startLaptop({ delays: { transcriptionMs: 2 * DEADLINE_MS } });
  const { clock, connect, deployment, s3 } = slow.simulator;

  const { contactId } = connect.placeCall(MESSAGE);
  const task = await slow.taskOf(contactId);
  await slow.until('the late transcript', () =>
    slow.happenings.find((one) => one.kind === 'transcription-job' && one.status === 'COMPLETED'),
  );
  await clock.sleep(10 * MINUTE_MS);

  assert.match(task.description, /There is no transcript: transcription took too long/);
  assert.equal(slow.tasksOf(contactId).length, 1);
  const bucket = deployment.physicalId(deployment.idOf('AWS::S3::Bucket', 'transcripts'));
  const key = s3.list(bucket, 'transcripts/').find((one) => one.endsWith(`${contactId}.json`));
  const { body } = await s3.get(bucket, key ?? '');
  assert.match(body.toString('utf8'), /"transcript":"please call me back"/);
});

/** The states of the jobs of a contact, in the order of their ends. */
function jobsOf(contactId: string): readonly string[] {
  return happenings.flatMap((one) =>
    one.kind === 'transcription-job' && one.status !== 'IN_PROGRESS' && one.jobName.includes(contactId)
      ? [`${one.jobName} ${one.status}`]
      : [],
  );
}

/**
 * How many transcriptions have failed since the last test in which one is meant to fail; that is the first
 * test of this file.
 */
function failuresCounted(): number {
  const counted = happenings.filter(
    (one) => one.kind === 'log' && one.line.includes('"TranscriptionsFailed":1'),
  );
  return counted.length - 1;
}
