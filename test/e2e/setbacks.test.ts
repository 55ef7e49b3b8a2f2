import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../scripts/laptop.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { BILLING_ARN, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';

const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(3) };

test('ten calls at once are all delivered, once each', async () => {
  const { simulator, taskOf, tasksOf, settled } = await startLaptop();

  const calls = Array.from({ length: 10 }, () => simulator.connect.placeCall(MESSAGE));
  await Promise.all(calls.map(({ contactId }) => taskOf(contactId)));
  await Promise.all(calls.map(({ contactId }) => settled(contactId)));

  assert.deepEqual(
    calls.map(({ contactId }) => tasksOf(contactId).length),
    Array.from({ length: 10 }, () => 1),
  );
  assert.equal(simulator.connect.tasks().length, 10);
});

test('a start-transcription that crashes twice delays a voicemail and does not lose it', async () => {
  const { simulator, happenings, taskOf } = await startLaptop();
  const functionId = simulator.deployment.idOf('AWS::Lambda::Function', 'start-transcription');
  simulator.lambda.crashNext(functionId, 2);

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);

  assert.equal(task.description, 'please call me back');
  const crashed = happenings.filter(
    (one) => one.kind === 'invocation' && one.functionId === functionId && one.error,
  );
  assert.equal(crashed.length, 2);
});

test('a recognizer that fails leaves a task without transcript, which says so', async () => {
  const recognizer = createStandInRecognizer(() => {
    throw new Error('the recognizer broke');
  });
  const { simulator, taskOf } = await startLaptop({ recognizer });

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);

  assert.match(task.description, /There is no transcript: transcription failed/);
  assert.ok(task.references['Recording']);
});

test('a language that cannot be transcribed leaves a task without transcript', async () => {
  const { simulator, taskOf } = await startLaptop();
  const attributes = { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_lang: 'xx-XX' };

  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, attributes });
  const task = await taskOf(contactId);

  assert.match(task.description, /did not accept the recording \(unknown language\)/);
});

test('a transcript that does not come in time is not waited for, and is not delivered when it comes', async () => {
  const { simulator, happenings, until, taskOf, tasksOf } = await startLaptop({
    delays: { transcriptionMs: 3_600_000 },
  });

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);
  assert.match(task.description, /There is no transcript: transcription took too long/);

  await until('the late transcript', () =>
    happenings.find((one) => one.kind === 'transcription-job' && one.status === 'COMPLETED'),
  );
  await simulator.clock.sleep(600_000);
  assert.equal(tasksOf(contactId).length, 1);
});

test('a permission taken from a role fails the step with the action’s name', async () => {
  const { simulator, happenings, until } = await startLaptop({
    templatePatch: (template) => without(template, 's3:PutObject', 'save-recording'),
  });

  simulator.connect.placeCall(MESSAGE);
  const line = await until('the refusal', () =>
    happenings.find((one) => one.kind === 'log' && one.line.includes('message parked')),
  );

  assert.match(line.kind === 'log' ? line.line : '', /not authorized to perform: s3:PutObject/);
  assert.deepEqual(simulator.connect.tasks(), []);
});

test('a contact record that comes twice, and again after the flag reset, is delivered once', async () => {
  const { simulator, happenings, until, settled, tasksOf } = await startLaptop();
  const { contactId } = simulator.connect.placeCall(MESSAGE);
  await settled(contactId);

  const { contactRecordStreamArn } = configuredWorld();
  const [shardId = ''] = simulator.kinesis.shards(contactRecordStreamArn);
  const records = await until('the record after the flag reset', () => {
    const read = simulator.kinesis.read(contactRecordStreamArn, shardId, undefined, 100);
    return read.length > 1 ? read : undefined;
  });
  for (const { data, partitionKey } of records)
    simulator.kinesis.put(contactRecordStreamArn, data, partitionKey);
  await until('the record to be seen again', () =>
    happenings.find((one) => one.kind === 'log' && one.line.includes('"outcome":"known"')),
  );
  await simulator.clock.sleep(60_000);

  assert.equal(tasksOf(contactId).length, 1);
});

test('a malformed record is parked with its payload, and the voicemail behind it is delivered', async () => {
  const { simulator, taskOf } = await startLaptop();
  const { instanceArn, contactRecordStreamArn } = configuredWorld();
  const malformed = {
    Agent: null,
    Attributes: { vmx3_flag: '1' },
    Channel: 'VOICE',
    InstanceARN: instanceArn,
  };
  simulator.kinesis.put(contactRecordStreamArn, JSON.stringify(malformed), 'malformed');

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  await taskOf(contactId);

  const bucket = simulator.deployment.physicalId(simulator.deployment.idOf('AWS::S3::Bucket', 'failures'));
  const [key = ''] = simulator.s3.list(bucket, 'malformed-records/');
  assert.deepEqual(JSON.parse((await simulator.s3.get(bucket, key)).body.toString('utf8')), malformed);
});

test('a message of 25 minutes arrives whole, and every sample of it', async () => {
  const { simulator, taskOf } = await startLaptop();
  const audio = spokenNoise(25 * 60 + 0.5);

  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, audio });
  const task = await taskOf(contactId);

  const wav = await (await fetch(task.references['Recording']?.value ?? '')).arrayBuffer();
  assert.ok(Buffer.from(wav, 44).equals(Buffer.from(audio.buffer)));
  assert.equal(task.references['Length']?.value, '25 min 1 s');
  assert.equal(samplesOf(new Uint8Array(wav)).length, audio.length);
});

/** The template with one action taken out of every policy statement of one function's role. */
function without(template: unknown, action: string, bundle: string): unknown {
  const text = JSON.stringify(template, (_, value: unknown) => {
    if (!isPolicyOf(value, bundle)) return value;
    const policy = JSON.stringify(value).replaceAll(`"${action}"`, '"s3:GetBucketLocation"');
    const patched: unknown = JSON.parse(policy);
    return { ...(typeof patched === 'object' && patched), Metadata: {} };
  });
  return JSON.parse(text);
}

function isPolicyOf(value: unknown, bundle: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const path = JSON.stringify('Metadata' in value ? value.Metadata : '');
  return 'Type' in value && String(value.Type).startsWith('AWS::IAM::') && path.includes(`/${bundle}/`);
}
