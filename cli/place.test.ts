import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from './command.ts';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { placeSettings } from './place.ts';

test('what goes to the simulator goes by the sample', async () => {
  const { file } = await placeSettings({ endpoint: 'http://localhost:4566' });

  assert.equal(file, 'voicemail.config.ts');
});

test('a deployment that is not there, and an endpoint that is none, are named', async () => {
  await assert.rejects(
    placeSettings({ deployment: 'nobody-has-this', endpoint: 'http://localhost:4566' }),
    SettingsError,
  );
  await assert.rejects(placeSettings({ endpoint: 'localhost' }), UsageError);
});
