import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Happening } from '../../simulator/happenings.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { fileAt, BILLING_ARN, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const MESSAGE = { from: CALLER, queueArn: BILLING_ARN, audio: spokenNoise(3) };

const { simulator, happenings, taskOf } = await startLaptop();

test('a start-transcription that crashes twice, with a recording whose job was not started, delays the voicemail and does not lose it', async () => {
  const saver = simulator.deployment.idOf('AWS::Lambda::Function', 'save-recording');
  simulator.faults.set({ rules: [{ caller: saver, operation: 'StartTranscriptionJob', fault: 'fail' }] });
  const functionId = simulator.deployment.idOf('AWS::Lambda::Function', 'start-transcription');
  simulator.lambda.crashNext(functionId, 2);

  const { contactId } = simulator.connect.placeCall(MESSAGE);
  const task = await taskOf(contactId);

  assert.equal(task.description, 'please call me back');
  const crashed = happenings.filter(
    (one) => one.kind === 'invocation' && one.functionId === functionId && one.error,
  );
  assert.equal(crashed.length, 2);
  simulator.faults.clear();
});

test('a slow upload is waited for, and arrives whole', async () => {
  simulator.faults.set({ rules: [{ operation: 'PutObject', nth: 1, fault: { slowMs: 15_000 } }] });

  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);
  assert.deepEqual(simulator.faults.used(), [true]);
  assert.equal(happenings.filter(isUpload).length, 1);
  simulator.faults.clear();

  assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), MESSAGE.audio);
});

const isUpload = (one: Happening) =>
  one.kind === 'api-call' && one.operation === 'PutObject' && one.durationMs >= 15_000;

test('a permission taken from a role fails the step with the action’s name', async () => {
  const forbidden = await startLaptop({
    templatePatch: (template) => without(template, 's3:PutObject', 'save-recording'),
  });

  forbidden.simulator.connect.placeCall(MESSAGE);
  const line = await forbidden.until('the refusal', () =>
    forbidden.happenings.find((one) => one.kind === 'log' && one.line.includes('message parked')),
  );

  assert.match(line.kind === 'log' ? line.line : '', /not authorized to perform: s3:PutObject/);
  assert.deepEqual(forbidden.simulator.connect.tasks(), []);
});

test('a malformed record is parked with its payload, and the voicemail after it is delivered', async () => {
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

/** The template with one action removed from every policy statement of one function's role. */
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
