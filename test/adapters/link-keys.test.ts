import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createSecretsManager } from '../../simulator/services/secrets-manager/secrets-manager.ts';
import { linkKeys } from '../../src/adapters/link-keys.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { checkLink, type LinkKey, linkToken } from '../../src/domain/link-token.ts';
import { CONTACT_ID } from '../contact-record.ts';
import { MINUTE_MS, NOW } from '../voicemails.ts';

const clock = createClock('real');
const manager = createSecretsManager({ clock });
const { endpoint, credentials, close } = await startTestGateway([manager.service], { clock });
const secrets = new SecretsManagerClient({ endpoint, credentials, region: 'us-east-1' });
after(close);

const LINK = { contactId: CONTACT_ID, expiresAtMs: NOW + 60 * MINUTE_MS };

test('the current key signs; links of the key before it still open, and links of the key before that do not', async () => {
  const vault = vaultWith('first');
  const first = await vault.fresh().signingKey();
  await vault.put('second');
  const second = await vault.fresh().signingKey();
  await vault.put('third');

  const third = await vault.fresh().signingKey();
  const keys = await vault.fresh().linkKeys();

  assert.equal(third.secret, secretOf('third'));
  assert.deepEqual(kindsOf([third, second, first], keys), ['valid', 'valid', 'invalid']);
});

test('keys have different ids that fit into a link, whatever the names of their versions', async () => {
  const vault = vaultWith('first');
  await vault.put('second', `rotation of the links. ${randomUUID()}`);
  await vault.put('third', `rotation of the links. ${randomUUID()}`);

  const keys = await vault.fresh().linkKeys();

  assert.deepEqual(kindsOf(keys, keys), ['valid', 'valid']);
});

test('the keys that check are cached for five minutes, unless a newer one is wanted', async () => {
  const vault = vaultWith('first');
  const { linkKeys: keysFor } = vault.fresh();
  const [first] = await keysFor();
  assert.ok(first);
  await vault.put('second');
  const second = await vault.fresh().signingKey();

  vault.pass(9_000);
  assert.deepEqual(await keysFor(second.id), [first]);
  vault.pass(2_000);
  assert.deepEqual(await keysFor(second.id), [second, first]);

  await vault.put('third');
  vault.pass(5 * MINUTE_MS - 1);
  assert.deepEqual(await keysFor(first.id), [second, first]);
  vault.pass(1);
  assert.deepEqual((await keysFor(first.id))[1], second);
});

test('the key that signs is cached for five minutes, so it is never older than the key before the current one', async () => {
  const vault = vaultWith('first');
  const { signingKey } = vault.fresh();
  const first = await signingKey();
  await vault.put('second');

  vault.pass(5 * MINUTE_MS - 1);
  assert.deepEqual(await signingKey(), first);
  vault.pass(1);
  assert.equal((await signingKey()).secret, secretOf('second'));
});

test('forged links do not cause a look-up each time', async () => {
  const vault = vaultWith('first');
  const keys = vault.fresh();
  await keys.linkKeys();
  await vault.put('second');

  const found = await Promise.all(Array.from({ length: 50 }, () => keys.linkKeys('forged')));

  assert.deepEqual(new Set(found.flat().map(({ secret }) => secret)), new Set([secretOf('first')]));
});

for (const wrong of ['no JSON', '{"key":"short"}', '{"secret":"another name"}', '[]']) {
  test(`a wrong value, ${JSON.stringify(wrong)}, signs nothing, closes no link, and is made good by another`, async () => {
    const vault = vaultWith('first');
    const first = await vault.fresh().signingKey();
    const { signingKey, linkKeys: keysFor } = vault.fresh();

    await vault.put('wrong', undefined, wrong);
    await assert.rejects(signingKey, PermanentError);
    assert.deepEqual(await keysFor(first.id), [first]);

    await vault.put('second');
    vault.pass(10_000);
    assert.deepEqual(await keysFor(), [await signingKey()]);
  });
}

const secretOf = (name: string) => name.padEnd(64, '-');
const valueOf = (name: string) => JSON.stringify({ key: secretOf(name) });

/** The result of each key's link, with these keys. */
function kindsOf(signers: readonly LinkKey[], keys: readonly LinkKey[]): string[] {
  return signers.map((key) => checkLink(linkToken(LINK, key), keys, NOW).kind);
}

function vaultWith(name: string) {
  const id = randomUUID();
  const secretArn = `arn:aws:secretsmanager:us-east-1:111122223333:secret:${id}`;
  manager.createSecret({ arn: secretArn, name: id, secretString: valueOf(name) });
  let nowMs = NOW;
  return {
    /** Keys with an empty cache, as in a function that has just started. */
    fresh: () => linkKeys(secrets, { secretArn, now: () => nowMs }),
    pass: (ms: number) => void (nowMs += ms),
    put: (one: string, ClientRequestToken?: string, SecretString = valueOf(one)) =>
      secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString, ClientRequestToken })),
  };
}
