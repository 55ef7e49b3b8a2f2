import assert from 'node:assert/strict';
import { test } from 'node:test';
import written from '../../voicemail.config.ts';
import { parseConfig } from '../config.ts';
import { languagesOf } from './transcription-jobs.ts';

const { flows: _, ...rest } = written;

test('a function that starts jobs gets the languages that callers hear, and the first of them', () => {
  const flows = { languages: ['es-US', 'en-US'] };

  for (const defaultLanguage of ['auto', 'fr-CA']) {
    assert.deepEqual(languagesOf(parseConfig({ ...rest, defaultLanguage, flows })), {
      SPOKEN_LANGUAGES: 'es-US,en-US',
      FIRST_LANGUAGE: 'es-US',
    });
  }
});

test('if the settings name no languages, the first language is the default one, or English', () => {
  assert.deepEqual(languagesOf(parseConfig({ ...rest, defaultLanguage: 'fr-CA' })), {
    FIRST_LANGUAGE: 'fr-CA',
  });
  assert.deepEqual(languagesOf(parseConfig({ ...rest, defaultLanguage: 'auto' })), {
    FIRST_LANGUAGE: 'en-US',
  });
});
