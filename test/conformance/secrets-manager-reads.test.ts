import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { createClock } from '../../simulator/clock.ts';
import { createSecretsManager } from '../../simulator/services/secrets-manager/secrets-manager.ts';
import { startTarget } from './setup.ts';

const arnOf = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}-AbCdEf`;

/** Secrets are made by templates here: all of this needs the simulator. */
async function acme(t: TestContext) {
  const clock = createClock('fast');
  const manager = createSecretsManager({ clock });
  const described = { description: 'Signs links', kmsKeyId: 'alias/acme', tags: { part: 'link' } };
  manager.createSecret({ arn: arnOf('links'), name: 'links', secretString: '{"a":1}', ...described });
  manager.createSecret({ arn: arnOf('other'), name: 'other', secretString: 'x' });
  const { client: settings, gateway, close } = await startTarget([manager.service], { clock });
  t.after(close);
  return { gateway, settings, client: new SecretsManagerClient(settings) };
}

test('a secret is described without its value, and when it was last read', async (t) => {
  const { client } = await acme(t);

  const before = await client.send(new DescribeSecretCommand({ SecretId: 'links' }));
  await client.send(new BatchGetSecretValueCommand({ SecretIdList: ['links'] }));
  const after = await client.send(new DescribeSecretCommand({ SecretId: 'links' }));
  const policy = await client.send(new GetResourcePolicyCommand({ SecretId: arnOf('links') }));

  assert.partialDeepStrictEqual(before, {
    ARN: arnOf('links'),
    Name: 'links',
    Description: 'Signs links',
    KmsKeyId: 'alias/acme',
    Tags: [{ Key: 'part', Value: 'link' }],
  });
  assert.deepEqual(Object.values(before.VersionIdsToStages ?? {}), [['AWSCURRENT']]);
  assert.equal(before.LastAccessedDate, undefined);
  assert.match(after.LastAccessedDate?.toISOString() ?? '', /T00:00:00\.000Z$/);
  assert.deepEqual([policy.Name, policy.ResourcePolicy], ['links', undefined]);
  for (const command of [DescribeSecretCommand, GetResourcePolicyCommand]) {
    await assert.rejects(client.send(new command({ SecretId: 'none' })), {
      name: 'ResourceNotFoundException',
    });
  }
});

test('many values are read at once, and what is not there is an error beside them', async (t) => {
  const { client } = await acme(t);

  const { SecretValues = [], Errors = [] } = await client.send(
    new BatchGetSecretValueCommand({ SecretIdList: ['other', arnOf('links'), 'none'] }),
  );
  const Filters = [{ Key: 'tag-key' as const, Values: ['part'] }];
  const filtered = await client.send(new BatchGetSecretValueCommand({ Filters }));
  const first = await client.send(new BatchGetSecretValueCommand({ Filters: [], MaxResults: 1 }));

  assert.deepEqual(
    SecretValues.map(({ Name, SecretString }) => [Name, SecretString]),
    [
      ['other', 'x'],
      ['links', '{"a":1}'],
    ],
  );
  assert.deepEqual(
    Errors.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode]),
    [['none', 'ResourceNotFoundException']],
  );
  assert.equal(filtered.SecretValues?.[0]?.Name, 'links');
  assert.equal(first.SecretValues?.length, 1);
  const rest = { Filters: [], NextToken: first.NextToken };
  assert.equal((await client.send(new BatchGetSecretValueCommand(rest))).SecretValues?.[0]?.Name, 'other');
  await assert.rejects(client.send(new BatchGetSecretValueCommand({ Filters, NextToken: first.NextToken })), {
    name: 'InvalidNextTokenException',
  });
  await assert.rejects(client.send(new BatchGetSecretValueCommand({})), {
    name: 'InvalidParameterException',
  });
});

test('secrets are found by their name and description', async (t) => {
  const { client } = await acme(t);
  const named = async (Key: 'name' | 'description', value: string) => {
    const { SecretList = [] } = await client.send(
      new ListSecretsCommand({ Filters: [{ Key, Values: [value] }] }),
    );
    return SecretList.map(({ Name }) => Name);
  };

  assert.deepEqual(await named('name', 'oth'), ['other']);
  assert.deepEqual(await named('name', 'OTH'), []);
  assert.deepEqual(await named('description', 'signs'), ['links']);
});

test('a role reads what its policy names', async (t) => {
  const { gateway, settings } = await acme(t);
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const statements = [
    { Effect: 'Allow', Action: 'secretsmanager:BatchGetSecretValue', Resource: '*' },
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arnOf('links') },
  ] as const;
  const credentials = gateway.identities.addRole({ arn, statements });
  const reader = new SecretsManagerClient({ ...settings, credentials });

  const { SecretValues = [], Errors = [] } = await reader.send(
    new BatchGetSecretValueCommand({ SecretIdList: ['links', 'other'] }),
  );

  assert.deepEqual([SecretValues.length, Errors[0]?.ErrorCode], [1, 'AccessDeniedException']);
  for (const command of [DescribeSecretCommand, GetResourcePolicyCommand]) {
    await assert.rejects(reader.send(new command({ SecretId: 'links' })), { name: 'AccessDeniedException' });
  }
  await assert.rejects(reader.send(new BatchGetSecretValueCommand({ Filters: [] })), {
    name: 'AccessDeniedException',
  });
});
