import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentsOf } from './segments.ts';
import { type Span, speechSecondsIn, speechSpans, VAD_FRAME_SECONDS } from './speech-spans.ts';

test('silence has no speech and no segments', () => {
  const quiet = probabilities([{ seconds: 5, speech: 0.1 }]);

  assert.deepEqual(speechSpans(quiet), []);
  assert.deepEqual(segmentsOf([], quiet, 5), []);
});

test('a click is not speech', () => {
  assert.deepEqual(
    speechSpans(probabilities([{ seconds: 1 }, { seconds: 0.1, speech: 1 }, { seconds: 1 }])),
    [],
  );
});

test('speech lasts through a short pause and ends with a longer one', () => {
  const spans = speechSpans(
    probabilities([
      { seconds: 1 },
      { seconds: 1, speech: 0.9 },
      { seconds: 0.2 },
      { seconds: 1, speech: 0.9 },
      { seconds: 0.5 },
      { seconds: 1, speech: 0.9 },
    ]),
  );

  assert.deepEqual(rounded(spans), [
    { startSeconds: 1, endSeconds: 3.2 },
    { startSeconds: 3.7, endSeconds: 4.7 },
  ]);
});

test('speech that has begun goes on through doubtful frames', () => {
  const spans = speechSpans(
    probabilities([
      { seconds: 1, speech: 0.4 },
      { seconds: 1, speech: 0.6 },
      { seconds: 1, speech: 0.4 },
    ]),
  );

  assert.deepEqual(rounded(spans), [{ startSeconds: 1, endSeconds: 3 }]);
});

test('sentences close together are one segment, with a margin of a quarter second', () => {
  const speech = [span(1, 3), span(4, 6)];

  assert.deepEqual(segmentsOf(speech, [], 10), [span(0.75, 6.25)]);
});

test('a long pause or a full segment begins another one', () => {
  assert.equal(segmentsOf([span(1, 3), span(5, 6)], [], 10).length, 2);
  assert.equal(segmentsOf([span(0, 10), span(11, 18)], [], 20).length, 2);
});

test('the margins of neighbors meet in the middle of the pause', () => {
  assert.deepEqual(segmentsOf([span(0, 10), span(10.4, 18)], [], 18.1), [span(0, 10.2), span(10.2, 18.1)]);
});

test('speech without a pause is cut at the quietest moment of the second ten seconds', () => {
  const spoken = probabilities([
    { seconds: 15, speech: 0.9 },
    { seconds: 0.1, speech: 0.4 },
    { seconds: 15, speech: 0.9 },
  ]);

  const [first, second] = segmentsOf(speechSpans(spoken), spoken, 30.1);

  assert.ok(first && first.endSeconds > 15 && first.endSeconds < 15.1);
  assert.equal(second?.startSeconds, first.endSeconds);
});

test('only the speech of a stretch counts as speech', () => {
  assert.equal(speechSecondsIn(span(1, 5), [span(0, 2), span(3, 4), span(4.5, 9)]), 2.5);
});

function span(startSeconds: number, endSeconds: number): Span {
  return { startSeconds, endSeconds };
}

function probabilities(parts: readonly { seconds: number; speech?: number }[]): number[] {
  return parts.flatMap(({ seconds, speech = 0 }) =>
    Array.from({ length: Math.round(seconds / VAD_FRAME_SECONDS) }, () => speech),
  );
}

function rounded(spans: readonly Span[]): Span[] {
  return spans.map(({ startSeconds, endSeconds }) =>
    span(Math.round(startSeconds * 10) / 10, Math.round(endSeconds * 10) / 10),
  );
}
