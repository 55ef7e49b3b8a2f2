import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOf, hasKnownRoot, jsonPathsIn } from './json-path.ts';

const keysIn = (text: string) => jsonPathsIn(text).map(({ keys }) => keys.join('>'));

test('paths are found in a sentence, without the punctuation that follows them', () => {
  assert.deepEqual(keysIn('Hi $.Attributes.name, you are $.Metrics.Queue.Size.'), [
    'Attributes>name',
    'Metrics>Queue>Size',
  ]);
});

test('a path in brackets may have spaces, colons and an index in it', () => {
  assert.deepEqual(
    keysIn(`$['Attributes']['my key'] $.SegmentAttributes["connect:Subtype"] $.External.a[0].b`),
    ['Attributes>my key', 'SegmentAttributes>connect:Subtype', 'External>a>0>b'],
  );
});

test('a price is a path only when a dot follows the dollar, as for the service', () => {
  assert.deepEqual(keysIn('It costs $5.00, or 5 $.'), []);
  assert.deepEqual(keysIn('It costs $.50.'), ['50']);
});

test('a parameter is static without a path, single when it is one path, dynamic otherwise', () => {
  assert.equal(classOf('Support'), 'static');
  assert.equal(classOf('$.Attributes.queue'), 'single');
  assert.equal(classOf("$['Attributes']['my queue']"), 'single');
  assert.equal(classOf('queue/$.Attributes.queue'), 'dynamic');
  assert.equal(classOf('$.Attributes.a$.Attributes.b'), 'dynamic');
});

test('a path must begin with something the service knows', () => {
  const known = jsonPathsIn('$.Attributes.a $.BadValue $.attributes.a').map((path) => hasKnownRoot(path));

  assert.deepEqual(known, [true, false, false]);
});
