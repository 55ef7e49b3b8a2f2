import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createKinesis } from './kinesis.ts';

const STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/contact-records';
const FIRST_SHARD = 'shardId-000000000000';
const DAY_MS = 24 * 3_600_000;

test('records of a shard are read in order, from any record on', (t) => {
  const { kinesis } = startKinesis(t);
  const put = ['one', 'two', 'three'].map((text) => kinesis.put(STREAM, text, 'key'));

  const texts = (after: string | undefined, limit = 10) =>
    kinesis.read(STREAM, FIRST_SHARD, after, limit).map(({ data }) => data.toString('utf8'));

  assert.deepEqual(texts(undefined), ['one', 'two', 'three']);
  assert.deepEqual(texts(put[0]?.sequenceNumber), ['two', 'three']);
  assert.deepEqual(texts(put[0]?.sequenceNumber, 1), ['two']);
  assert.deepEqual(texts(put[2]?.sequenceNumber), []);
});

test('sequence numbers have 56 digits and grow, as text too', (t) => {
  const { kinesis } = startKinesis(t);

  const numbers = Array.from({ length: 12 }, () => kinesis.put(STREAM, 'x', 'key').sequenceNumber);

  for (const number of numbers) assert.match(number, /^\d{56}$/);
  assert.deepEqual(numbers, [...new Set(numbers)].toSorted());
});

test('a partition key always goes to the same shard, and keys spread over all', (t) => {
  const { kinesis } = startKinesis(t, 4);
  const keys = Array.from({ length: 100 }, (_, index) => `contact-${index}`);

  const first = keys.map((key) => kinesis.put(STREAM, 'x', key).shardId);
  const second = keys.map((key) => kinesis.put(STREAM, 'x', key).shardId);

  assert.deepEqual(first, second);
  assert.deepEqual([...new Set(first)].toSorted(), kinesis.shards(STREAM));
});

test('a record expires after the retention', (t) => {
  const { kinesis, clock } = startKinesis(t);
  kinesis.put(STREAM, 'old', 'key');
  clock.advance(DAY_MS / 2);
  const { sequenceNumber } = kinesis.put(STREAM, 'young', 'key');

  clock.advance(DAY_MS / 2 + 1000);

  const records = kinesis.read(STREAM, FIRST_SHARD, undefined, 10);
  assert.deepEqual(
    records.map((record) => record.sequenceNumber),
    [sequenceNumber],
  );
});

test('a listener is called in a later turn, once for records that are put together, until it stops', (t) => {
  const { kinesis, clock } = startKinesis(t);
  let told = 0;
  const stop = kinesis.onRecord(STREAM, () => (told += 1));

  kinesis.put(STREAM, 'one', 'key');
  kinesis.put(STREAM, 'two', 'key');
  assert.equal(told, 0);
  clock.advance(1);
  assert.equal(told, 1);

  kinesis.put(STREAM, 'three', 'key');
  clock.advance(1);
  assert.equal(told, 2);

  stop();
  kinesis.put(STREAM, 'four', 'key');
  clock.advance(1);
  assert.equal(told, 2);
});

test('the error for an unknown stream or shard names it', (t) => {
  const { kinesis } = startKinesis(t);
  const missing = STREAM.replace('contact-records', 'missing');

  assert.throws(() => kinesis.put(missing, 'x', 'key'), {
    code: 'ResourceNotFoundException',
    message: 'Stream missing under account 111122223333 not found.',
  });
  assert.throws(() => kinesis.read(STREAM, 'shardId-000000000009', undefined, 1), {
    code: 'ResourceNotFoundException',
  });
  assert.throws(() => kinesis.createStream(STREAM), /already a stream/);
});

function startKinesis(t: TestContext, shards = 1) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const kinesis = createKinesis({ clock });
  kinesis.createStream(STREAM, shards);
  return { kinesis, clock };
}
