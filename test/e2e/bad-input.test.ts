import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';

/** The caller's words, with markup and a change of direction: they must not be in any log (see `startLaptop`). */
const SAID = '<b>Zz9_canary</b> \u202E😀';
const AUDIO = spokenNoise(1.5);
const NONSENSE = '{"push":"Zz9_canary"}';

const { simulator, taskOf, tasksOf, settled } = await startLaptop({
  recognizer: createStandInRecognizer(SAID),
});

test('attributes with any text reach the agent unchanged, and no log', async () => {
  const attributes = {
    constructor: 'Zz9_canary',
    customer_name: 'Zz9_canary \uFFFF\uFFFE',
    long: `${'😀'.repeat(4000)}Zz9_canary`,
    vmx3_from: 'Zz9_canary\r\nX-Injected: yes',
    vmx3_mode: 'Zz9_canary',
    vmx3_lang: 'Zz9_canary',
    vmx3_flag: '1',
    vmx3_queue_arn: BILLING_ARN,
  };

  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: AUDIO, attributes });
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.equal(task.attributes['customer_name'], attributes.customer_name);
  assert.equal(task.attributes['constructor'], 'Zz9_canary');
  assert.match(task.description, /delivery mode "Zz9_canary" is not known/);
  assert.match(task.description, /does not know the language code "zz9-canary"\.$/);
  assert.equal(tasksOf(contactId).length, 1);
});

test('a voicemail between invalid records and messages is delivered; what no function can read is set aside unchanged', async () => {
  const { contactRecordStreamArn: stream } = simulator.connect.world;
  const { queues } = simulator.deployment;
  for (const text of [
    '',
    'Zz9_canary',
    '[]',
    '{"ContactId":"Zz9_canary"}',
    '{"Attributes":{"Zz9_canary":1}}',
  ]) {
    simulator.kinesis.put(stream, text, 'p');
  }
  const work = Object.entries(queues).filter(([id]) => id.includes('queueQueue'));
  for (const [, { arn }] of work) simulator.sqs.send(arn, NONSENSE);

  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: AUDIO, queueArn: BILLING_ARN });
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.ok(task.description.includes(SAID.replace('\u202E', ' ')), task.description);
  const setAside = Object.entries(queues).filter(([id]) => id.includes('deadletters'));
  assert.deepEqual(
    setAside.map(([, { arn }]) => simulator.sqs.messages(arn).map(({ body }) => body)),
    work.map(() => [NONSENSE]),
  );
});
