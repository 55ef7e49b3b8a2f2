import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectVersion } from './bucket.ts';
import { isNotModified } from './conditions.ts';

/** Written half a second past two o'clock; HTTP dates know only the whole second. */
const VERSION: ObjectVersion = {
  key: 'c1.wav',
  etag: 'abc',
  lastModifiedMs: Date.parse('2026-03-04T14:00:00.500Z'),
  bytes: { file: 'none', sizeBytes: 1, md5: 'abc' },
  headers: {},
  metadata: {},
  tags: {},
};
const THEN = 'Wed, 04 Mar 2026 14:00:00 GMT';
const BEFORE = 'Wed, 04 Mar 2026 13:59:59 GMT';

const CASES: readonly [Record<string, string>, boolean | 'PreconditionFailed'][] = [
  [{}, false],
  [{ 'if-none-match': '"abc"' }, true],
  [{ 'if-none-match': 'W/"abc", "def"' }, true],
  [{ 'if-none-match': '*' }, true],
  [{ 'if-none-match': '"def"' }, false],
  [{ 'if-modified-since': THEN }, true],
  [{ 'if-modified-since': BEFORE }, false],
  [{ 'if-none-match': '"def"', 'if-modified-since': THEN }, false],
  [{ 'if-match': '"abc"' }, false],
  [{ 'if-match': '"def"' }, 'PreconditionFailed'],
  [{ 'if-unmodified-since': THEN }, false],
  [{ 'if-unmodified-since': BEFORE }, 'PreconditionFailed'],
  [{ 'if-match': '"abc"', 'if-unmodified-since': BEFORE }, false],
];

for (const [headers, outcome] of CASES) {
  test(`reading with ${JSON.stringify(headers)}: ${outcome}`, () => {
    if (outcome === 'PreconditionFailed')
      assert.throws(() => isNotModified(headers, VERSION), { code: outcome });
    else assert.equal(isNotModified(headers, VERSION), outcome);
  });
}
