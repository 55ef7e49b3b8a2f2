import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobLanguage } from './job-language.ts';

const auto = (...spoken: readonly string[]) => jobLanguage('auto', { spoken, first: spoken[0] ?? 'en-US' });
const given = (code: string) => ({ kind: 'given', code });
const among = (...codes: readonly string[]) => ({ kind: 'identify', among: codes });

test('a language is requested by Transcribe’s own code, and one that it may have by now in the form of its codes', () => {
  const configured = { spoken: ['en-GB'], first: 'en-GB' };

  assert.deepEqual(jobLanguage('nb_no ', configured), given('no-NO'));
  assert.deepEqual(jobLanguage('en', configured), given('en-GB'));
  assert.deepEqual(jobLanguage('de_at', configured), given('de-AT'));
});

test('a language without a region has the region of the configured language', () => {
  assert.deepEqual(jobLanguage('en', { spoken: [], first: 'en-AU' }), given('en-AU'));
});

test('auto is identified among the configured languages', () => {
  assert.deepEqual(auto('en-US', 'es-US'), among('en-US', 'es-US'));
  assert.deepEqual(auto('nb-NO', 'arb'), among('no-NO', 'ar-SA'));
  assert.deepEqual(
    jobLanguage(' AUTO', { spoken: ['en-US', 'es-US'], first: 'en-US' }),
    among('en-US', 'es-US'),
  );
});

test('more languages than AWS advises are all offered', () => {
  const many = ['en-US', 'es-US', 'fr-CA', 'de-DE', 'it-IT', 'pt-BR', 'nl-NL'];

  assert.deepEqual(auto(...many), among(...many));
});

test('auto is any language if the settings name none', () => {
  assert.deepEqual(auto(), among());
});

test('with one language there is nothing to identify', () => {
  assert.deepEqual(auto('fr-CA'), given('fr-CA'));
  assert.deepEqual(auto('en-GB', 'en-US'), given('en-GB'));
});

test('of two dialects of a language the first is offered', () => {
  assert.deepEqual(auto('en-GB', 'es-US', 'en-US', 'es-ES'), among('en-GB', 'es-US'));
  assert.deepEqual(auto('zh-TW', 'zh-CN', 'en-US'), among('zh-TW', 'en-US'));
});

test('what Transcribe cannot identify is not offered, nor what it does not know', () => {
  assert.deepEqual(auto('sv-SE', 'en-US', 'vi-VN', 'fr-FR', 'de-AT'), among('en-US', 'fr-FR'));
  assert.deepEqual(auto('sv-SE', 'en-US'), given('sv-SE'));
});
