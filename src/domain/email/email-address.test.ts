import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addressesIn, addressIn, fromHeader, senderIn } from './email-address.ts';

test('an address is read with its domain in lower case', () => {
  assert.equal(addressIn(' Ana.Ruiz+vm@Example.COM '), 'Ana.Ruiz+vm@example.com');
  assert.equal(addressIn('Ana Ruiz <ana@example.com>'), 'ana@example.com');
  assert.equal(addressIn('ana@bücher.example'), 'ana@xn--bcher-kva.example');
});

test('text that is not an address is refused', () => {
  const none = [
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@localhost',
    'ana@-a.example',
    'ana@example.c',
    '<>',
    'a b@example.com',
    'änne@example.com',
    '.ana@example.com',
    'ana.@example.com',
    'a..b@example.com',
    'a@b@example.com',
    'ana@example.com, b@example.com',
    'ana@example.com\r\nBcc: x@example.com',
    'ana@example.com/x',
    'ana@exam\tple.com',
    'ana@example.com#b.example',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a.'.repeat(150)}example`,
  ];

  for (const text of none) assert.equal(addressIn(text), undefined, text);
});

test('a list gives each address once, in its order, and reports what it refused', () => {
  const list = 'b@example.com; a@example.com,b@EXAMPLE.com\n "Ruiz, Ana" <ana@example.com>, nobody ,,';

  assert.deepEqual(addressesIn(list), {
    addresses: ['b@example.com', 'a@example.com', 'ana@example.com'],
    refused: ['nobody'],
  });
});

test('a list has no more addresses than a mail can have', () => {
  const list = Array.from({ length: 60 }, (_, index) => `a${index}@example.com`).join(',');

  const { addresses, refused } = addressesIn(list);

  assert.deepEqual([addresses.length, refused.length], [50, 10]);
});

test('a sender has a name, or none', () => {
  assert.deepEqual(senderIn('"Acme Voicemail" <vm@example.com>'), {
    address: 'vm@example.com',
    name: 'Acme Voicemail',
  });
  assert.deepEqual(senderIn('vm@example.com'), { address: 'vm@example.com' });
  assert.equal(senderIn('Acme Voicemail'), undefined);
});

test('a sender’s name is quoted, or encoded if it has letters beyond ASCII', () => {
  const address = 'vm@example.com';

  assert.equal(fromHeader({ address }), address);
  assert.equal(fromHeader({ address, name: 'Acme, Inc.' }), '"Acme, Inc." <vm@example.com>');
  assert.equal(fromHeader({ address, name: 'Grüße' }), '=?UTF-8?B?R3LDvMOfZQ==?= <vm@example.com>');
});

test('no name ends the header or begins another one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const header = fromHeader({ address: 'vm@example.com', name });

      assert.match(
        header,
        /^(?:"[^"\\]+" <vm@example\.com>|(?:=\?UTF-8\?B\?[\w+/=]{1,60}\?= )+<vm@example\.com>|vm@example\.com)$/,
      );
      assert.match(header, /^[ -~]*$/);
    }),
  );
});

test('any text can be read as a list, and the result is safe in a header', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      for (const address of addressesIn(text).addresses) assert.match(address, /^[!-~]+@[a-z0-9.-]+$/);
    }),
  );
});

test('the ways in which people write one address are all understood', () => {
  for (const text of [
    'ana@example.com (Ana)',
    '(Desk) ana@example.com',
    'ana@example.com (Ruiz, Ana; desk)',
    'mailto:ana@example.com',
    'MAILTO:ana@example.com?subject=Hello%20there',
    '<mailto:ana@example.com>',
    'Desk: ana@example.com;',
    'Desk: Ana Ruiz <ana@example.com>;',
    'ana@example.com <ana@example.com>',
    '"Ruiz (Ana)" <ana@example.com>',
  ]) {
    assert.deepEqual(addressesIn(text), { addresses: ['ana@example.com'], refused: [] }, text);
  }
  assert.equal(addressIn('mailto:ana%2Bvm@example.com'), 'ana+vm@example.com');
  assert.equal(addressIn('mailto:ana%0D%0ABcc:b@example.com'), undefined);
});

test('spaces separate addresses, with or without names', () => {
  const both = { addresses: ['a@example.com', 'b@example.com'], refused: [] };

  assert.deepEqual(addressesIn('a@example.com  b@Example.com'), both);
  assert.deepEqual(addressesIn('A <a@example.com> B B <b@example.com>'), both);
  assert.deepEqual(addressesIn('a@example.com B <b@example.com>'), both);
  assert.deepEqual(addressesIn('Desk: a@example.com, b@example.com;'), both);
});

test('an address with a typing error does not become another person’s', () => {
  for (const text of [
    'ana ruiz@example.com',
    'mail ana@example.com please',
    'ana@example.com/ b@example.com',
  ]) {
    assert.deepEqual(addressesIn(text), { addresses: [], refused: [text] }, text);
  }
});

test('no list takes longer than its length explains', () => {
  for (const text of ['(', '"', '<', 'a ', 'a@', '%2', ':', '> '].map((one) => one.repeat(10_000))) {
    assert.deepEqual(addressesIn(text).addresses, []);
  }
});
