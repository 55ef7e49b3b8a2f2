import assert from 'node:assert/strict';
import { test } from 'node:test';
import written from '../voicemail.config.ts';
import { differingSettings, settingsDigest } from './settings-digest.ts';

test('settings that differ, are missing or are new are named', () => {
  const { email: _, ...others } = written;
  const mine = settingsDigest({ ...others, timeZone: 'Europe/Berlin', stackName: 'Mine' });

  assert.deepEqual(differingSettings(settingsDigest(written), mine), ['email', 'stackName', 'timeZone']);
  assert.deepEqual(differingSettings(mine, mine), []);
});
