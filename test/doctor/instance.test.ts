import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from './diagnose.ts';

test('an instance that is being made is no instance yet', async (t) => {
  const { findingsOf } = await diagnose(t, { world: { status: 'CREATION_IN_PROGRESS' }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('instance-not-usable'), [
    { severity: 'blocker', what: 'The Amazon Connect instance is CREATION_IN_PROGRESS and not ACTIVE.' },
  ]);
});

test('an alias other than the one in the settings is found before a recording is refused', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, { world: { alias: 'acme-west' }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('alias-differs'), [
    { what: 'instanceAlias is "acme", and the instance is called "acme-west".' },
  ]);
  assert.equal(exitCode, 1);
});
