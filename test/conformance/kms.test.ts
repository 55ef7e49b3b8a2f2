import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { createClock } from '../../simulator/clock.ts';
import { createKms } from '../../simulator/services/kms/kms.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const KEYS = 'arn:aws:kms:us-east-1:111122223333:key';
const OPEN = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c001`;
const LEAVING = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c002`;
const CLOSED = `${KEYS}/c1c1c1c1-0000-4000-8000-00000000c003`;

const clock = createClock('real');
let target: Target;
let kms: KMSClient;

before(async () => {
  const { service } = createKms({
    clock,
    keys: [
      { arn: OPEN, aliases: ['alias/acme-media'] },
      { arn: LEAVING, state: 'PendingDeletion' },
      {
        arn: CLOSED,
        state: 'Disabled',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/Keys' },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    ],
  });
  target = await startTarget([service], { clock });
  kms = new KMSClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  kms.destroy();
  await target.close();
});

test('a key is described by id, ARN and alias', simulatorOnly, async () => {
  const names = [OPEN, OPEN.slice(OPEN.lastIndexOf('/') + 1), 'alias/acme-media'];

  for (const KeyId of names) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    assert.partialDeepStrictEqual(KeyMetadata, {
      Arn: OPEN,
      KeyManager: 'CUSTOMER',
      KeyState: 'Enabled',
      Enabled: true,
    });
  }
});

test('a key that will be deleted says when, and a disabled one that it is', simulatorOnly, async () => {
  const leaving = await kms.send(new DescribeKeyCommand({ KeyId: LEAVING }));
  const closed = await kms.send(new DescribeKeyCommand({ KeyId: CLOSED }));

  assert.equal(leaving.KeyMetadata?.KeyState, 'PendingDeletion');
  assert.ok(leaving.KeyMetadata.DeletionDate instanceof Date);
  assert.equal(closed.KeyMetadata?.KeyState, 'Disabled');
  assert.equal(closed.KeyMetadata.Enabled, false);
});

test('keys of AWS are there without being made', async () => {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/kinesisvideo' }));

  assert.equal(KeyMetadata?.KeyManager, 'AWS');
});

test('a key that is not there, or in another Region, is not found', simulatorOnly, async () => {
  await assert.rejects(
    kms.send(new DescribeKeyCommand({ KeyId: `${KEYS}/00000000-0000-4000-8000-000000000000` })),
    answered(400, 'NotFoundException'),
  );
  await assert.rejects(kms.send(new DescribeKeyCommand({ KeyId: 'alias/nothing' })), {
    name: 'NotFoundException',
    message: /Alias arn:.*nothing is not found/,
  });
  await assert.rejects(kms.send(new DescribeKeyCommand({ KeyId: OPEN.replace('us-east-1', 'us-west-2') })), {
    name: 'NotFoundException',
    message: 'Invalid arn us-west-2',
  });
});

test("a policy is the account's root unless one was written", simulatorOnly, async () => {
  const { Policy: usual = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId: OPEN }));
  const { Policy: own = '' } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: CLOSED, PolicyName: 'default' }),
  );

  assert.deepEqual(JSON.parse(usual).Statement[0].Principal, { AWS: 'arn:aws:iam::111122223333:root' });
  assert.deepEqual(JSON.parse(own).Statement[0].Principal, { AWS: 'arn:aws:iam::111122223333:role/Keys' });
  await assert.rejects(
    kms.send(new GetKeyPolicyCommand({ KeyId: 'alias/acme-media' })),
    answered(400, 'NotFoundException'),
  );
});

test('keys and aliases are listed in pages', simulatorOnly, async () => {
  const first = await kms.send(new ListKeysCommand({ Limit: 2 }));
  const next = await kms.send(new ListKeysCommand({ Marker: first.NextMarker }));
  const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: OPEN }));

  assert.deepEqual(
    first.Keys?.map(({ KeyArn }) => KeyArn),
    [OPEN, LEAVING],
  );
  assert.equal(first.Truncated, true);
  assert.equal(next.Keys?.[0]?.KeyArn, CLOSED);
  assert.equal(next.Truncated, false);
  assert.deepEqual(
    Aliases?.map(({ AliasName }) => AliasName),
    ['alias/acme-media'],
  );
  await assert.rejects(
    kms.send(new ListKeysCommand({ Marker: 'elsewhere' })),
    answered(400, 'InvalidMarkerException'),
  );
});
