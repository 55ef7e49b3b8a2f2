import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { TemplateError } from '../../simulator/template/template-error.ts';
import written from '../../voicemail.config.ts';
import { afterTheTone, MESSAGE, throughTheMenus } from './callers-script.ts';
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

/** There no audio is streamed, and voicemails come from IVR recordings. */
function inGovCloud(): VoicemailConfig {
  const { mediaStreams: _, ...config } = configIn('aws-us-gov', 'us-gov-west-1');
  return { ...config, audioSource: 'ivr', ivrRecordings: { bucket: 'acme-connect-recordings' } };
}

const startIn = (config: VoicemailConfig) =>
  startLaptop({ ...otherSettings({ ...config, monitoring: 'full' }), world: configuredWorld(config) });

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

test('in GovCloud an IVR recording is delivered, and its link, log and metrics can be read', async () => {
  const { simulator, happenings, taskOf, settled } = await startIn(inGovCloud());
  const { contactId } = simulator.connect.call({
    from: CALLER,
    flow: 'Voicemail test',
    script: [...throughTheMenus('1'), ...afterTheTone(MESSAGE), { kind: 'hang-up' }],
  });
  const task = await taskOf(contactId);
  const wav = await fileAt(task.references['Recording']?.value);
  await settled(contactId);

  assertSameSamples(samplesOf(wav).slice(-MESSAGE.length), MESSAGE);
  assert.match(task.references['Recording']?.value ?? '', /\/_api\/[0-9a-f]{10}\/r\//);
  const refused = happenings.filter((one) => one.kind === 'api-call' && one.status === 403);
  assert.deepEqual(refused, []);
  // Lambda's own lines are text there. Ours are still JSON, whole and alone on their lines.
  const messages = await linesOf(simulator, 'deliver-voicemail');
  const byLambda = messages.filter((line) => /^(?:START|END|REPORT) RequestId: /.test(line));
  assert.ok(byLambda.length >= 3);
  const own = messages.filter((line) => !byLambda.includes(line)).map(parsed);
  assert.ok(
    own.some(
      ({ message, ...fields }) => message === 'delivery step done' && fields['contactId'] === contactId,
    ),
  );
  assert.ok(
    own.some((line) => '_aws' in line),
    'what is counted, in the embedded metric format',
  );
});

test('GovCloud refuses a function URL that the settings want there', async () => {
  const config = { ...inGovCloud(), links: { host: 'function-url' } as const };

  await assert.rejects(startIn(config), (error) => {
    assert.ok(error instanceof TemplateError);
    assert.match(error.message, /AWS::Lambda::Url .*: us-gov-west-1 does not have Lambda function URLs/);
    assert.match(error.message, /AWS GovCloud \(US\) user guide, "AWS Lambda".*November 2026$/);
    return true;
  });
});

/** Every line must be JSON. */
function parsed(line: string): Record<string, unknown> {
  return JSON.parse(line);
}

/** What is in the log group of a function. */
async function linesOf({ deployment, ...account }: Simulator, bundle: string): Promise<readonly string[]> {
  const { endpoint, credentials } = account;
  const logs = new CloudWatchLogsClient({ endpoint, credentials, region: account.account.region });
  const logGroupName = deployment.physicalId(deployment.idOf('AWS::Logs::LogGroup', bundle));
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message = '' }) => message.trimEnd());
}
