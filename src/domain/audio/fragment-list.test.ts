import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FragmentListing, gapIn, waitLeftMs } from './fragment-list.ts';

const RECORDING = {
  streamArn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000',
  fragmentStartNumber: '100',
  fragmentStopNumber: '199',
  startMs: 0,
  stopMs: 30_000,
};

test('a list in which every fragment begins where the one before it ends has no gap, in whatever order it comes', () => {
  assert.equal(gapIn(RECORDING, fragments(1024, 1024, 1024, 300).toReversed()), 'none');
  assert.equal(gapIn(RECORDING, fragments(1024)), 'none');
  assert.equal(gapIn(RECORDING, []), 'none');
});

test('less than a tenth of a second is jitter', () => {
  assert.equal(gapIn(RECORDING, fragments(1024, [99], 1024)), 'none');
  assert.equal(gapIn(RECORDING, fragments(1024, [100], 1024)), 'pause');
});

test('a gap as long as whole fragments differs from a pause', () => {
  for (const gapMs of [1024, 1015, 1034, 2048, 5 * 1024])
    assert.equal(gapIn(RECORDING, fragments(1024, 1024, [gapMs], 1024)), 'fragments', `${gapMs} ms`);
  for (const gapMs of [500, 1000, 1050, 1500, 2000, 3000])
    assert.equal(gapIn(RECORDING, fragments(1024, 1024, [gapMs], 1024)), 'pause', `${gapMs} ms`);
});

test('a gap after a fragment that is shorter than the others is a pause, since the producer stopped there', () => {
  assert.equal(gapIn(RECORDING, fragments(1024, 1024, 640, [1024], 1024)), 'pause');
});

test('a fragment that lacks some samples does not hide that those after it are not listed', () => {
  for (const lengthMs of [972, 1000, 640])
    assert.equal(
      gapIn(RECORDING, fragments(1024, lengthMs, [1024 - lengthMs + 1024], 1024)),
      'fragments',
      `${lengthMs} ms`,
    );
  assert.equal(gapIn(RECORDING, fragments(1024, 972, [52 + 500], 1024)), 'pause');
});

test('one pause among several gaps does not hide the gap of a fragment', () => {
  assert.equal(gapIn(RECORDING, fragments(1024, [1500], 1024, [1024], 1024, [700], 1024)), 'fragments');
});

test('fragments of the neighbors on the stream are no part of the recording', () => {
  const [first = { fragmentNumber: '100' }] = fragments(1024);
  const neighbor = { fragmentNumber: '99', startMs: -20_000, lengthMs: 1024 };

  assert.equal(gapIn(RECORDING, [neighbor, first, { ...neighbor, fragmentNumber: '200' }]), 'none');
});

test('what is sent again, a gap longer than the recording, and lengths that are no durations are no gaps', () => {
  const [first, second, third] = fragments(1024, 1024, 1024);
  assert.ok(first && second && third);
  const again = { ...first, fragmentNumber: '150' };

  assert.equal(gapIn(RECORDING, [first, second, again, { ...third, fragmentNumber: '160' }]), 'none');
  assert.equal(gapIn(RECORDING, fragments(1024, [36_000_000], 1024)), 'none');
  assert.equal(
    gapIn(
      RECORDING,
      [first, second, third].map((one) => ({ ...one, lengthMs: 0 })),
    ),
    'none',
  );
});

test('a list without times has no gap', () => {
  assert.equal(gapIn(RECORDING, [{ fragmentNumber: '100' }, { fragmentNumber: '199' }]), 'none');
});

const ENDED_AT_MS = 60_000;
const wait = (sinceEndMs: number, seconds = 50, isStartListed = true) =>
  waitLeftMs({
    nowMs: ENDED_AT_MS + sinceEndMs,
    endedAtMs: ENDED_AT_MS,
    startMs: ENDED_AT_MS - seconds * 1000,
    isStartListed,
  });

test('a recording is waited for until three minutes after the call', () => {
  assert.deepEqual(
    [0, 1000, 179_999, 180_000, 3_600_000].map((ms) => wait(ms)),
    [180_000, 179_000, 1, 0, 0],
  );
});

test('a slow clock changes little, and a call that ends in the far future is not waited for', () => {
  assert.equal(wait(-2000), 182_000);
  assert.equal(wait(-86_400_000), 0);
});

test('the beginning of a long message must still be there when it is read, if streams keep five minutes', () => {
  assert.deepEqual(
    [0, 60_000, 99_000, 100_000].map((ms) => wait(ms, 180)),
    [100_000, 40_000, 1000, 0],
  );
});

test('a beginning that is older than five minutes and still listed shows that streams keep more', () => {
  assert.equal(wait(0, 600), 180_000);
  assert.equal(wait(0, 600, false), 0);
});

/** Lengths of fragments, and in brackets those of gaps. */
function fragments(...lengths: readonly (number | readonly [number])[]): FragmentListing[] {
  const listed: FragmentListing[] = [];
  let startMs = 1_772_632_824_310;
  for (const length of lengths) {
    if (typeof length === 'number')
      listed.push({ fragmentNumber: String(100 + listed.length), startMs, lengthMs: length });
    startMs += typeof length === 'number' ? length : length[0];
  }
  return listed;
}
