import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkChecksums } from './checksums.ts';

const BODY = Buffer.from('hello world');

for (const [name, value] of [
  ['x-amz-checksum-crc32', 'DUoRhQ=='],
  ['x-amz-checksum-sha1', 'Kq5sNclPz7QV2+lfQIuc6R7oRu0='],
  ['x-amz-checksum-sha256', 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek='],
  ['content-md5', 'XrY7u+Ae7tCTyyK7j1rNww=='],
] as const) {
  test(`${name} is checked against the body`, () => {
    assert.doesNotThrow(() => checkChecksums({ [name]: value }, BODY));
    assert.throws(() => checkChecksums({ [name]: value }, Buffer.from('hello')), {
      code: 'BadDigest',
      status: 400,
    });
  });
}

test('a checksum that cannot be checked is refused', () => {
  assert.throws(() => checkChecksums({ 'x-amz-checksum-crc32c': 'yZRlqg==' }, BODY), {
    code: 'NotImplemented',
  });
});

test('headers about checksums are not taken for checksums', () => {
  assert.doesNotThrow(() => checkChecksums({ 'x-amz-checksum-mode': 'ENABLED' }, BODY));
});
