import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStandInRecognizer } from './stand-in-recognizer.ts';

test('the stand-in returns the prepared text, one word after the other', async () => {
  const recognition = await createStandInRecognizer('Call me.').transcribe(new Uint8Array());

  const words = [
    { text: 'Call', startSeconds: 0.2, endSeconds: 0.5, confidence: 0.99 },
    { text: 'me.', startSeconds: 0.5, endSeconds: 0.8, confidence: 0.99 },
  ];
  assert.deepEqual(recognition, {
    text: 'Call me.',
    language: 'en',
    words,
    segments: [{ text: 'Call me.', startSeconds: 0.2, endSeconds: 0.8, words }],
  });
});

test('the stand-in can hear different things in different recordings, and nothing in some', async () => {
  const recognizer = createStandInRecognizer((wav) => (wav.length > 2 ? 'long' : ''));

  const [long, short] = await Promise.all([
    recognizer.transcribe(new Uint8Array(3)),
    recognizer.transcribe(new Uint8Array(1)),
  ]);

  assert.equal(long.text, 'long');
  assert.deepEqual([short.text, short.words, short.segments], ['', [], []]);
});
