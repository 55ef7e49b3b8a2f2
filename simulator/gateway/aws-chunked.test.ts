import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unframed } from './aws-chunked.ts';

test('chunks become one body, and what follows the last chunk becomes headers', () => {
  const framed = '5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n';

  const { body, trailers } = unframed(Buffer.from(framed));

  assert.equal(body.toString(), 'hello world');
  assert.deepEqual(trailers, { 'x-amz-checksum-crc32': 'DUoRhQ==' });
});

test('bytes that look like framing are left alone within a chunk', () => {
  const { body } = unframed(Buffer.from('7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n'));

  assert.equal(body.toString(), '\r\n0\r\n\r\n');
});

test('an empty body is one chunk of nothing', () => {
  assert.equal(unframed(Buffer.from('0\r\n\r\n')).body.length, 0);
});

for (const [what, framed] of [
  ['no end', '5\r\nhello\r\n'],
  ['a chunk cut short', '9\r\nhello\r\n0\r\n\r\n'],
  ['a size that is not a number', 'zz\r\nhello\r\n0\r\n\r\n'],
  ['no framing at all', 'hello'],
] as const) {
  test(`a framed body with ${what} is incomplete`, () => {
    assert.throws(() => unframed(Buffer.from(framed)), { code: 'IncompleteBody' });
  });
}
