import assert from 'node:assert/strict';
import { test } from 'node:test';
import written from '../../voicemail.config.ts';
import { parseConfig } from '../config.ts';
import { jobSettings } from './transcription-jobs.ts';

const { flows: _, ...rest } = written;

test('a function that starts jobs gets the languages that callers hear, and the first of them', () => {
  const flows = { languages: ['es-US', 'en-US'] };

  for (const defaultLanguage of ['auto', 'fr-CA']) {
    assert.deepEqual(jobSettings(parseConfig({ ...rest, defaultLanguage, flows })), {
      SPOKEN_LANGUAGES: 'es-US,en-US',
      FIRST_LANGUAGE: 'es-US',
    });
  }
});

test('if the settings name no languages, the first language is the default one, or English', () => {
  assert.deepEqual(jobSettings(parseConfig({ ...rest, defaultLanguage: 'fr-CA' })), {
    FIRST_LANGUAGE: 'fr-CA',
  });
  assert.deepEqual(jobSettings(parseConfig({ ...rest, defaultLanguage: 'auto' })), {
    FIRST_LANGUAGE: 'en-US',
  });
});

test('with a key of one’s own it gets the key, because Transcribe does not take it from the bucket', () => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';

  assert.equal(jobSettings(parseConfig({ ...rest, kmsKeyArn }))['TRANSCRIPTS_KEY_ARN'], kmsKeyArn);
});
