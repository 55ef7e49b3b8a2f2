import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { homeOf } from '../../infra/arns.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { readWorldFile } from '../../simulator/world/world-file.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const worldIn = (file: string) => readWorldFile(join(import.meta.dirname, '../../samples/worlds', file));

test('in the world where everything is wrong, the doctor finds what the sample settings do not fit', async (t) => {
  const { found, cannotTell, exitCode } = await diagnose(t, {
    ...worldIn('everything-wrong.json'),
    isDeployed: false,
  });

  assert.deepEqual(found, [
    'deployer-lacks-permission',
    'lambda-concurrency-low',
    'alias-differs',
    'media-prefix-differs',
    'media-retention-short',
    'contact-records-elsewhere',
    'video-streams-keep-less',
    'media-key-differs',
    'record-stream-key-differs',
    'key-not-usable',
    'other-record-readers',
    'queue-unusable',
    'nobody-takes-tasks',
    'test-agent-gone',
    'ses-limits',
    'sender-not-verified',
    'mail-recipients',
    'flow-breaks-voicemail',
    'stack-of-another-instance',
  ]);
  assert.deepEqual(cannotTell, {});
  assert.equal(exitCode, 1);
});

test('in GovCloud, the doctor finds nothing wrong with the Region, but for a host of links that it lacks', async (t) => {
  const { world, ...account } = worldIn('govcloud.json');
  const { instanceArn, alias: instanceAlias, contactRecordStreamArn } = world;
  const usual = govCloudSettings({ instanceArn, instanceAlias, contactRecordStreamArn });
  const foundWith = (config: Partial<VoicemailConfig>) =>
    diagnose(t, { world, ...account, isDeployed: false, config });

  const { found, cannotTell } = await foundWith(usual);
  const { found: foundWithUrl } = await foundWith({ ...usual, links: { host: 'function-url' } });

  assert.deepEqual(found, ['mail-recipients', 'no-stack']);
  assert.deepEqual(cannotTell, {});
  assert.deepEqual(foundWithUrl, ['region-lacks-service', ...found]);
});

/** The settings of the sample, for an instance that records calls to Amazon S3. */
function govCloudSettings(
  own: Pick<VoicemailConfig, 'instanceArn' | 'instanceAlias' | 'contactRecordStreamArn'>,
): Partial<VoicemailConfig> {
  const inInstance = (arn: string) => arn.replace(sample.instanceArn, own.instanceArn);
  const { region } = homeOf(own.instanceArn);
  assert.match(region, /^us-gov-/);
  return {
    ...own,
    fallbackQueueArn: inInstance(sample.fallbackQueueArn),
    audioSource: 'ivr',
    ivrRecordings: { bucket: 'county-connect-recordings', prefix: 'connect/county/CallRecordings/' },
    flows: { languages: ['en-US'] },
  };
}
