import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedDomainIn, isAllowedRecipient } from './allowed-domains.ts';

const may = (address: string, ...allowed: string[]) => isAllowedRecipient(address, allowed);

test('a domain allows itself, and the domains below it only with a star', () => {
  assert.equal(may('ana@example.com', 'example.com'), true);
  assert.equal(may('ana@west.example.com', 'example.com'), false);
  assert.equal(may('ana@west.example.com', '*.example.com'), true);
  assert.equal(may('ana@a.west.example.com', '*.example.com'), true);
  assert.equal(may('ana@example.com', '*.example.com'), false);
  assert.equal(may('ana@notexample.com', 'example.com', '*.example.com'), false);
  assert.equal(may('ana@example.com.evil.example', 'example.com', '*.example.com'), false);
});

test('without a list all are allowed, and with an empty one nobody', () => {
  assert.equal(isAllowedRecipient('ana@example.com', undefined), true);
  assert.equal(isAllowedRecipient('ana@example.com', []), false);
});

test('a domain is written in any case and alphabet, and alone', () => {
  assert.equal(allowedDomainIn('Bücher.Example'), 'xn--bcher-kva.example');
  assert.equal(allowedDomainIn('*.Example.com'), '*.example.com');
  for (const text of ['*', '*.com/x', 'ana@example.com', 'west.*.example.com', '.example.com', 'com', '']) {
    assert.equal(allowedDomainIn(text), undefined, text);
  }
});
