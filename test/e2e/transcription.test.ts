import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(1) };
const MINUTE_MS = 60_000;
const DEADLINE_MS = 30 * MINUTE_MS;

/** What Transcribe answers when it is asked for a job. */
let refusal: AwsError | undefined;
let isDeaf = false;

const laptop = await startLaptop({
  recognizer: createStandInRecognizer(() => {
    if (isDeaf) throw new Error('the recognizer broke');
    return 'please call me back';
  }),
  interfere: ({ operation }) => (operation === 'StartTranscriptionJob' ? refusal : undefined),
});
const { simulator, taskOf, tasksOf } = laptop;

test('a recognizer that fails leaves a task without transcript, which says so', async () => {
  isDeaf = true;

  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);
  isDeaf = false;

  assert.match(task.description, /^There is no transcript: transcription failed \(.+\)\.$/);
  assert.ok(task.references['Recording']);
});

test('a language that cannot be transcribed leaves a task without transcript', async () => {
  const attributes = { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_lang: 'xx-XX' };

  const task = await taskOf(simulator.connect.placeCall({ ...MESSAGE, attributes }).contactId);

  assert.match(task.description, /did not accept the recording \(unknown language\)/);
  assert.ok(task.references['Recording']);
});

test('a voicemail whose language is to be identified has its transcript', async () => {
  const attributes = { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_lang: 'auto' };

  const task = await taskOf(simulator.connect.placeCall({ ...MESSAGE, attributes }).contactId);

  assert.equal(task.description, 'please call me back');
});

test('a job that Transcribe refuses leaves a task at once without transcript, with the name of the refusal', async () => {
  refusal = new AwsError('BadRequestException', 400, 'The request was not accepted.');
  const leftAtMs = simulator.clock.now();

  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);
  refusal = undefined;

  assert.match(task.description, /did not accept the recording \(BadRequestException\)/);
  assert.ok(task.createdAtMs - leftAtMs < MINUTE_MS);
});

test('while Transcribe’s quota is used up a voicemail waits until the deadline, and is delivered without transcript', async () => {
  refusal = new AwsError('LimitExceededException', 400, 'You have too many concurrent jobs.');
  const leftAtMs = simulator.clock.now();

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);
  refusal = undefined;
  // Its message still waits, and may be dealt with now.
  await simulator.clock.sleep(20 * MINUTE_MS);

  assert.match(task.description, /^There is no transcript: transcription took too long\.$/);
  const waitedMs = task.createdAtMs - leftAtMs;
  assert.ok(waitedMs >= DEADLINE_MS && waitedMs < DEADLINE_MS + 3 * MINUTE_MS, `${waitedMs} ms`);
  assert.equal(tasksOf(contactId).length, 1);
});

test('a transcript that does not come in time is not waited for; when it comes it is kept, and not delivered', async () => {
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
