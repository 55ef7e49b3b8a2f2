import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../../test/hex.ts';
import { fragmentNotFound } from './error-document.ts';

test('the document for a missing fragment has three tags and no audio', () => {
  const bytes = fragmentNotFound('91343852333181499999999999999900000000000000101');

  assert.equal(
    bytes.toString('hex'),
    Buffer.from(
      fromHex(`
        1a45dfa3 10000013 4282 88 6d6174726f736b61 4287 81 02 4285 81 02
        18538067 01ffffffffffffff
          1254c367 100000d5
            7373 100000cf
              67c8 10000039
                45a3 1000001b 4157535f4b494e45534953564944454f5f4552524f525f434f4445
                4487 10000012 465241474d454e545f4e4f545f464f554e44       # FRAGMENT_NOT_FOUND
              67c8 10000029
                45a3 10000019 4157535f4b494e45534953564944454f5f4552524f525f4944
                4487 10000004 33303030                                   # 3000
              67c8 1000005b
                45a3 10000020 4157535f4b494e45534953564944454f5f465241474d454e545f4e554d424552
                4487 1000002f 3931333433383532333333313831343939393939393939393939393939393030303030303030303030303030313031
      `),
    ).toString('hex'),
  );
});
