import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import written from '../../voicemail.config.ts';
import { fileAt, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { assertSameSamples } from '../same-samples.ts';

const instanceArn =
  'arn:aws-us-gov:connect:us-gov-west-1:222233334444:instance/a1b2c3d4-0000-4000-8000-00000000aaab';
const queueArn = `${instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b0a1`;
const config = {
  ...written,
  instanceArn,
  contactRecordStreamArn: 'arn:aws-us-gov:kinesis:us-gov-west-1:222233334444:stream/records',
  fallbackQueueArn: queueArn,
  flows: {},
};

test('a voicemail of an instance in GovCloud is delivered there', async () => {
  const { simulator, happenings, taskOf, settled } = await startLaptop({
    ...otherSettings(config),
    world: configuredWorld(config),
  });
  const audio = spokenNoise(2);

  const { contactId } = simulator.connect.placeCall({ from: CALLER, queueArn, audio });
  const task = await taskOf(contactId);
  const wav = await fileAt(task.references['Recording']?.value);
  await settled(contactId);

  assert.equal(task.queueArn, queueArn);
  assert.equal(task.description, 'please call me back');
  assertSameSamples(samplesOf(wav), audio);
  const refused = happenings.filter((one) => one.kind === 'api-call' && one.status === 403);
  assert.deepEqual(refused, []);
});
