import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { TemplateError } from '../../simulator/template/template-error.ts';
import written from '../../voicemail.config.ts';
import { fileAt, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { assertSameSamples } from '../same-samples.ts';

/** The sample's settings, for an instance elsewhere. */
function configIn(partition: string, region: string) {
  const instanceArn = `arn:${partition}:connect:${region}:222233334444:instance/a1b2c3d4-0000-4000-8000-00000000aaab`;
  return {
    ...written,
    instanceArn,
    contactRecordStreamArn: `arn:${partition}:kinesis:${region}:222233334444:stream/records`,
    fallbackQueueArn: `${instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b0a1`,
    flows: {},
  };
}

const startIn = (config: ReturnType<typeof configIn>) =>
  startLaptop({ ...otherSettings(config), world: configuredWorld(config) });

test('a voicemail of an instance in another Region and account is delivered there', async () => {
  const config = configIn('aws', 'eu-central-1');
  const { simulator, happenings, taskOf, settled } = await startIn(config);
  const { fallbackQueueArn: queueArn } = config;
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

test('GovCloud refuses the stack: it has neither function URLs nor the JSON log format', async () => {
  await assert.rejects(startIn(configIn('aws-us-gov', 'us-gov-west-1')), (error) => {
    assert.ok(error instanceof TemplateError);
    assert.match(error.message, /AWS::Lambda::Url .*: us-gov-west-1 does not have Lambda function URLs/);
    assert.match(error.message, /AWS::Lambda::Function .*: us-gov-west-1 does not have the JSON log format/);
    assert.match(error.message, /AWS GovCloud \(US\) user guide, "AWS Lambda".*November 2026$/);
    return true;
  });
});
