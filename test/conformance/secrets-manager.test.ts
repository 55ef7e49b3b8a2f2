import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import {
  DeleteSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  paginateListSecretVersionIds,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { createClock } from '../../simulator/clock.ts';
import { createSecretsManager } from '../../simulator/services/secrets-manager/secrets-manager.ts';
import { simulatorOnly, startTarget } from './setup.ts';

/** In AWS the secret must be there, and gets new versions; CONFORMANCE_SECRET_ARN and _NAME name it. */
const ARN =
  process.env['CONFORMANCE_SECRET_ARN'] ??
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:conformance-AbCdEf';
const NAME = process.env['CONFORMANCE_SECRET_NAME'] ?? 'conformance';

const clock = createClock('real');
const manager = createSecretsManager({ clock });
manager.createSecret({ arn: ARN, name: NAME, secretString: '{"first":true}' });
const { client: settings, gateway, close } = await startTarget([manager.service], { clock });
const secrets = new SecretsManagerClient(settings);
after(close);

test('a secret is read by its ARN or by its name', async () => {
  const byArn = await secrets.send(new GetSecretValueCommand({ SecretId: ARN }));
  const byName = await secrets.send(new GetSecretValueCommand({ SecretId: NAME }));

  assert.deepEqual([byArn.ARN, byArn.Name], [ARN, NAME]);
  assert.equal(byArn.SecretString, byName.SecretString);
  assert.deepEqual(byArn.VersionStages, ['AWSCURRENT']);
  assert.ok(byArn.CreatedDate instanceof Date);
});

test('a new value is current from then on, and the one before it is the previous one', async () => {
  const before = await secrets.send(new GetSecretValueCommand({ SecretId: ARN }));

  const put = await secrets.send(new PutSecretValueCommand({ SecretId: ARN, SecretString: randomUUID() }));

  const current = await secrets.send(new GetSecretValueCommand({ SecretId: ARN }));
  const previous = await secrets.send(
    new GetSecretValueCommand({ SecretId: ARN, VersionStage: 'AWSPREVIOUS' }),
  );
  assert.equal(current.VersionId, put.VersionId);
  assert.equal(previous.VersionId, before.VersionId);
  assert.equal(previous.SecretString, before.SecretString);
});

test('a version is made current again by its id, and the label is taken by name', async () => {
  const { VersionId: before } = await secrets.send(
    new PutSecretValueCommand({ SecretId: ARN, SecretString: randomUUID() }),
  );
  const { VersionId: wrong } = await secrets.send(
    new PutSecretValueCommand({ SecretId: ARN, SecretString: randomUUID() }),
  );
  const move = { SecretId: ARN, VersionStage: 'AWSCURRENT', MoveToVersionId: before };

  await assert.rejects(secrets.send(new UpdateSecretVersionStageCommand(move)), {
    name: 'InvalidParameterException',
  });
  await assert.rejects(
    secrets.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: randomUUID() })),
    { name: 'ResourceNotFoundException' },
  );
  await secrets.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: wrong }));

  const current = await secrets.send(new GetSecretValueCommand({ SecretId: ARN }));
  const previous = await secrets.send(
    new GetSecretValueCommand({ SecretId: ARN, VersionStage: 'AWSPREVIOUS' }),
  );
  assert.deepEqual([current.VersionId, previous.VersionId], [before, wrong]);
});

test('the same call again changes nothing, another value under its token is refused', async () => {
  const put = { SecretId: ARN, ClientRequestToken: randomUUID(), SecretString: 'once' };

  await secrets.send(new PutSecretValueCommand(put));
  await secrets.send(new PutSecretValueCommand(put));

  await assert.rejects(secrets.send(new PutSecretValueCommand({ ...put, SecretString: 'twice' })), {
    name: 'ResourceExistsException',
  });
});

test('versions are listed page by page, without values, and old ones only if they are asked for', async () => {
  for (const SecretString of ['one', 'two', 'three']) {
    await secrets.send(new PutSecretValueCommand({ SecretId: ARN, SecretString }));
  }

  const { Versions = [], Name } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId: ARN }));
  const stages = [];
  const config = { client: secrets, pageSize: 1 };
  for await (const page of paginateListSecretVersionIds(config, { SecretId: ARN, IncludeDeprecated: true })) {
    assert.equal(page.Versions?.length, 1);
    stages.push(page.Versions?.[0]?.VersionStages);
  }

  assert.equal(Name, NAME);
  assert.deepEqual(
    Versions.flatMap(({ VersionStages = [] }) => VersionStages).toSorted((a, b) => a.localeCompare(b)),
    ['AWSCURRENT', 'AWSPREVIOUS'],
  );
  assert.ok(Versions.every(({ CreatedDate }) => CreatedDate instanceof Date));
  assert.ok(stages.includes(undefined) && stages.length > 2, String(stages));
  const madeUp = new ListSecretVersionIdsCommand({ SecretId: ARN, NextToken: 'made up' });
  await assert.rejects(secrets.send(madeUp), { name: 'InvalidNextTokenException' });
});

test('a version is read by its id, and must have the stage that is asked for', async () => {
  const { VersionId } = await secrets.send(
    new PutSecretValueCommand({ SecretId: ARN, SecretString: 'by id' }),
  );

  const got = await secrets.send(new GetSecretValueCommand({ SecretId: ARN, VersionId }));

  assert.equal(got.SecretString, 'by id');
  const asPrevious = { SecretId: ARN, VersionId, VersionStage: 'AWSPREVIOUS' };
  await assert.rejects(secrets.send(new GetSecretValueCommand(asPrevious)), {
    name: 'InvalidRequestException',
  });
});

test('an unknown secret, version or stage is not found', async () => {
  const nothing = new GetSecretValueCommand({ SecretId: `none-${randomUUID()}` });
  const noVersion = new GetSecretValueCommand({ SecretId: ARN, VersionId: randomUUID() });
  const noStage = new GetSecretValueCommand({ SecretId: ARN, VersionStage: 'NEVER' });

  for (const command of [nothing, noVersion, noStage]) {
    await assert.rejects(secrets.send(command), { name: 'ResourceNotFoundException' });
  }
});

test('a secret is generated by the rules of the template', simulatorOnly, async () => {
  manager.createSecret({
    arn: `${ARN}2`,
    name: `${NAME}2`,
    generate: {
      secretStringTemplate: '{"current":"k1"}',
      generateStringKey: 'k1',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });

  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: `${NAME}2` }));

  assert.match(SecretString, /^\{"current":"k1","k1":"[\dA-Za-z]{64}"\}$/);
});

test('a role can read the secrets that its policy names and no other', simulatorOnly, async () => {
  const action = 'secretsmanager:GetSecretValue';
  const role = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/OpenRecording',
    statements: [{ Effect: 'Allow', Action: action, Resource: ARN }],
  });
  const reader = new SecretsManagerClient({ ...settings, credentials: role });

  await reader.send(new GetSecretValueCommand({ SecretId: NAME }));

  await assert.rejects(reader.send(new GetSecretValueCommand({ SecretId: 'other' })), {
    name: 'AccessDeniedException',
    message: new RegExp(
      `not authorized to perform: ${action} on resource: arn:aws:secretsmanager:.*:secret:other `,
    ),
  });
});

test('an operation that the simulator does not have is named', simulatorOnly, async () => {
  await assert.rejects(secrets.send(new GetRandomPasswordCommand()), {
    name: 'UnknownOperationException',
    message: 'The simulator does not know this operation of secretsmanager: secretsmanager.GetRandomPassword',
  });
});

test('a secret is found by its tags, and deleted at once', simulatorOnly, async () => {
  const arn = `${ARN.slice(0, -18)}tagged-AbCdEf`;
  manager.createSecret({ arn, name: 'tagged', secretString: 'x', tags: { part: 'key' } });
  const asked = new ListSecretsCommand({ Filters: [{ Key: 'tag-key', Values: ['part'] }] });

  const { SecretList = [] } = await secrets.send(asked);

  assert.deepEqual(
    SecretList.map((one) => [one.ARN, one.Tags]),
    [[arn, [{ Key: 'part', Value: 'key' }]]],
  );
  await secrets.send(new DeleteSecretCommand({ SecretId: arn, ForceDeleteWithoutRecovery: true }));
  await assert.rejects(secrets.send(new GetSecretValueCommand({ SecretId: arn })), {
    name: 'ResourceNotFoundException',
  });
});
