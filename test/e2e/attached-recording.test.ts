import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import written from '../../voicemail.config.ts';
import { assertSameSamples } from '../same-samples.ts';
import { AUDIO, laptopWith } from './extras.ts';
import { samplesOf } from './laptop.ts';

const NOT_ATTACHED = 'the recording could not be attached to the task';
const WITHOUT_STORAGE = { world: { attachmentsBucket: undefined } };
const WITHOUT_LINKS = {
  attachRecording: true,
  links: { host: 'none' },
  deliveryMode: 'task',
  email: { ...written.email, from: 'voicemail@example.com', recording: 'attach' },
} as const;

const laptop = await laptopWith({ attachRecording: true });
const { simulator, delivered, calls, logged } = laptop;

type Task = Awaited<ReturnType<typeof delivered>>['task'];

const attachmentsOf = (task: Task) =>
  Object.entries(task?.references ?? {}).flatMap(([name, { type, value }]) =>
    type === 'ATTACHMENT' ? [{ name, value }] : [],
  );

test('a task has the recording attached, byte for byte, beside its link', async () => {
  const { contactId, task } = await delivered();

  const [{ name, value } = assert.fail(), ...others] = attachmentsOf(task);
  assert.match(name, /^voicemail-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.wav$/);
  assert.deepEqual(others, []);
  assert.ok(task?.references['Recording']);
  const { endpoint, credentials } = simulator;
  const s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const [Bucket = '', ...key] = value.split('/');
  const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: key.join('/') }));
  assert.equal(ContentType, 'audio/wav');
  assertSameSamples(samplesOf((await Body?.transformToByteArray()) ?? new Uint8Array()), AUDIO);
  s3.destroy();
  assert.equal(calls('StartTaskContact', contactId), 1);
});

for (const fault of ['cut-after', 'cut-before', 'fail'] as const) {
  test(`a first try with the fault ${fault} makes one task in all`, async () => {
    simulator.faults.set({ rules: [{ operation: 'StartTaskContact', nth: 1, fault }] });

    const { contactId, task } = await delivered();

    assert.equal(laptop.tasksOf(contactId).length, 1);
    assert.equal(attachmentsOf(task).length, 1);
    simulator.faults.clear();
  });
}

test('a function that dies after its task was made makes no second one', async () => {
  simulator.faults.set({ rules: [{ operation: 'StartTaskContact', nth: 1, fault: 'crash-after' }] });

  const { contactId, task } = await delivered();

  assert.equal(laptop.tasksOf(contactId).length, 1);
  assert.equal(attachmentsOf(task).length, 1);
  simulator.faults.clear();
  assert.deepEqual(logged(NOT_ATTACHED), []);
});

test('an instance without storage for attachments gets the task with the link alone', async () => {
  const without = await laptopWith({ attachRecording: true }, WITHOUT_STORAGE);

  const { contactId, task } = await without.delivered();

  assert.deepEqual(attachmentsOf(task), []);
  assert.ok(task?.references['Recording']);
  assert.equal(task.description, 'please call me back');
  assert.equal(without.tasksOf(contactId).length, 1);
  assert.equal(without.calls('StartTaskContact', contactId), 2);
  assert.equal(without.logged(NOT_ATTACHED).length, 1);
});

test('without links a plain task has the recording attached, and says so', async () => {
  const { delivered: deliver } = await laptopWith(WITHOUT_LINKS);

  const { task } = await deliver();

  assert.equal(attachmentsOf(task).length, 1);
  assert.equal(task?.references['Recording'], undefined);
  assert.equal(task?.description, 'The recording is attached to this task.\nplease call me back');
});

test('without links and attachments it is a guided task, which plays the recording', async () => {
  const { delivered: deliver, tasksOf } = await laptopWith(WITHOUT_LINKS, WITHOUT_STORAGE);

  const { contactId, task } = await deliver();

  assert.equal(tasksOf(contactId).length, 1);
  assert.equal(
    task?.description,
    [
      'A task with the recording attached could not be made, so this is a guided task.',
      'The recording plays in the guide that opens with this task.',
      'please call me back',
    ].join('\n'),
  );
});
