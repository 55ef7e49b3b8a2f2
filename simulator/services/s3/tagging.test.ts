import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTaggingBody, parseTaggingHeader } from './tagging.ts';

const tagging = (tags: string) => Buffer.from(`<Tagging><TagSet>${tags}</TagSet></Tagging>`);

test('tags in a header are decoded as a query is', () => {
  assert.deepEqual(parseTaggingHeader('queue=Billing+1&from=%2B1555'), { queue: 'Billing 1', from: '+1555' });
});

test('tags in a body are read, with white space and entities', () => {
  assert.deepEqual(parseTaggingBody(tagging('\n<Tag><Key>a b</Key><Value> &#x3D; </Value></Tag>\n')), {
    'a b': ' = ',
  });
});

test('an empty set removes all tags', () => {
  assert.deepEqual(parseTaggingBody(tagging('')), {});
});

test('an object can have ten tags at most', () => {
  const header = Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&');

  assert.throws(() => parseTaggingHeader(header), {
    code: 'BadRequest',
    message: 'Object tags cannot be greater than 10',
  });
});

for (const [what, tag] of [
  ['a key that is too long', `<Tag><Key>${'k'.repeat(129)}</Key><Value/></Tag>`],
  ['a value that is too long', `<Tag><Key>k</Key><Value>${'v'.repeat(257)}</Value></Tag>`],
  ['a character that tags cannot have', '<Tag><Key>k</Key><Value>(1)</Value></Tag>'],
  ['no key', '<Tag><Key></Key><Value>v</Value></Tag>'],
  ['the same key twice', '<Tag><Key>k</Key><Value>1</Value></Tag><Tag><Key>k</Key><Value>2</Value></Tag>'],
] as const) {
  test(`a tag with ${what} is invalid`, () => {
    assert.throws(() => parseTaggingBody(tagging(tag)), { code: 'InvalidTag', status: 400 });
  });
}

test('a body that is not a tagging is malformed', () => {
  assert.throws(() => parseTaggingBody(Buffer.from('<Delete></Delete>')), { code: 'MalformedXML' });
  assert.throws(() => parseTaggingBody(Buffer.from('<Tagging>')), { code: 'MalformedXML' });
});
