import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { parseConfig } from '../../infra/config.ts';
import { keyPolicyOf } from '../../infra/key-policy.ts';
import type { KeyPolicyStatement } from '../../simulator/world/account-state.ts';
import sample from '../../voicemail.config.ts';
import { SURROUNDINGS, useEveryGrant } from './every-grant.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { EXPLAINED, onlyExplained } from './unused-grants.ts';

const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';
const settings = parseConfig({ ...sample, kmsKeyArn });
/** The key's own administrators. */
const ADMINISTRATORS: KeyPolicyStatement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:user/administrator' },
  Action: 'kms:*',
  Resource: '*',
};

/** An account whose key has the policy that the page on keys shows, but for some statements. */
function withKey(left: readonly string[] = []) {
  const statements = keyPolicyOf(settings).filter(({ Sid }) => !left.includes(Sid));
  const keys = [{ arn: kmsKeyArn, policy: [ADMINISTRATORS, ...statements] }];
  return { ...otherSettings(settings), state: { keys } };
}

const laptop = await startLaptop({ ...SURROUNDINGS, ...withKey() });
before(() => useEveryGrant(laptop));

test('with a key of one’s own every action that is granted is used, of the key too', (t) => {
  const grants = laptop.simulator.grants();
  const ofKey = grants.filter(({ resource }) => resource === kmsKeyArn);

  onlyExplained(grants, EXPLAINED);
  assert.ok(ofKey.length > 50, `${ofKey.length} grants of the key`);
  t.diagnostic(`${grants.length} grants, ${ofKey.length} of the key`);
});

test('recordings and transcripts are encrypted with it, and with a bucket key', async () => {
  const { endpoint, credentials, deployment } = laptop.simulator;
  const s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });

  for (const part of ['recordings', 'transcripts']) {
    const Bucket = deployment.physicalId(deployment.idOf('AWS::S3::Bucket', part));
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    assert.ok(Contents.length > 1, part);
    for (const { Key } of Contents) {
      const { SSEKMSKeyId, BucketKeyEnabled } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      assert.deepEqual([SSEKMSKeyId, BucketKeyEnabled], [kmsKeyArn, true], Key);
    }
  }
  s3.destroy();
});

test('a key that keeps EventBridge out delays voicemails, and loses none', async () => {
  const { simulator, taskOf, happenings } = await startLaptop(withKey(['VoicemailExpressEvents']));
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(1) });

  await taskOf(contactId);

  const ledgerPush = happenings.filter(({ kind }) => kind === 'task-created');
  assert.equal(ledgerPush.length, 1, 'one task, by the sweep');
});

test('an alarm cannot tell a topic whose key keeps CloudWatch out', async () => {
  const refused = await alarmLines(['VoicemailExpressAlarms']);
  const told = await alarmLines([]);

  assert.match(refused.join(), /Failed to execute action .*cloudwatch\.amazonaws\.com is not authorized/);
  assert.deepEqual(told, []);
});

/** What is said of an alarm that goes off. */
async function alarmLines(left: readonly string[]): Promise<readonly string[]> {
  const { simulator, happenings } = await startLaptop(withKey(left));
  const { sqs, deployment } = simulator;
  const deadLetters = Object.entries(deployment.queues).find(([id]) => id.startsWith('deliveryqueuedead'));
  sqs.send(deadLetters?.[1].arn ?? '', '{}');
  await simulator.clock.sleep(10 * 60_000);
  assert.ok(happenings.some((one) => one.kind === 'alarm' && one.state === 'ALARM'));
  return happenings.flatMap((one) => (one.kind === 'log' && /action/.test(one.line) ? [one.line] : []));
}
