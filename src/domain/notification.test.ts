import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocaleCode } from '@aws-sdk/client-connect';
import * as fc from 'fast-check';
import { notificationTexts } from './notification.ts';

const LINK = 'https://links.example.com/r/token';

test('agents read for whom the voicemail is, and where to hear it', () => {
  const { en_US, de_DE } = notificationTexts('Billing', LINK);

  assert.equal(en_US, `New voicemail for Billing. ${LINK}`);
  assert.equal(de_DE, `Neue Sprachnachricht für Billing. ${LINK}`);
  assert.equal(notificationTexts('Billing', undefined).en_US, 'New voicemail for Billing.');
});

test('there is a text for every locale that Amazon Connect has', () => {
  const locales = Object.keys(notificationTexts('Billing', LINK));

  assert.deepEqual(locales.toSorted(), Object.values(LocaleCode).toSorted());
});

test('a long name is cut before the link is left out, and a link is whole or not there', () => {
  const long = `Queue ${'x'.repeat(300)}`;
  const cutName = notificationTexts(long, LINK).en_US;
  assert.match(cutName, /^New voicemail for Queue x+…\. https:\/\/links\.example\.com\/r\/token$/);
  assert.equal(cutName.length, 250);

  const withoutLink = notificationTexts(long, `https://links.example.com/r/${'t'.repeat(220)}`).en_US;
  assert.match(withoutLink, /^New voicemail for Queue x+…\.$/);
  assert.equal(withoutLink.length, 250);
});

test('whatever a queue is named, texts keep to 250 characters and one line', () => {
  const link = fc.option(fc.webUrl({ size: 'large' }), { nil: undefined });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), link, (name, url) => {
      for (const text of Object.values(notificationTexts(name, url))) {
        assert.ok(text.length <= 250);
        assert.ok(text.isWellFormed() && !/\p{Cc}/u.test(text));
      }
    }),
  );
});
