import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeWords } from './place-words.ts';
import { type SpokenToken, wordsOf } from './word-pieces.ts';

test('tokens become words that last from their first token to their last', () => {
  const words = wordsOf([
    token({ piece: '▁Ma', startSeconds: 0.1, endSeconds: 0.2, probability: 0.9 }),
    token({ piece: 'ria', startSeconds: 0.2, endSeconds: 0.5, probability: 0.4 }),
    token({ piece: '▁Lopez', startSeconds: 0.6, endSeconds: 1, probability: 0.8 }),
    token({ piece: '.', startSeconds: 1, endSeconds: 1.1, probability: 0.8 }),
  ]);

  assert.deepEqual(
    words.map((word) => ({ ...word, confidence: Number(word.confidence.toFixed(6)) })),
    [
      { text: 'Maria', startSeconds: 0.1, endSeconds: 0.5, confidence: 0.6 },
      { text: 'Lopez.', startSeconds: 0.6, endSeconds: 1.1, confidence: 0.8 },
    ],
  );
});

test('a letter that comes byte by byte is put together', () => {
  const words = wordsOf([token({ piece: '▁caf' }), token({ piece: '<0xC3>' }), token({ piece: '<0xA9>' })]);

  assert.equal(words[0]?.text, 'café');
});

test('a token that is only the space before a word is no word', () => {
  assert.deepEqual(wordsOf([token({ piece: '▁' })]), []);
});

test('words never overlap, nor reach into the pauses around them', () => {
  const words = [
    { text: 'call', startSeconds: 0.2, endSeconds: 1.2, confidence: 1 },
    { text: 'me', startSeconds: 1, endSeconds: 3, confidence: 1 },
  ];

  const placed = placeWords(words, [{ startSeconds: 0.5, endSeconds: 2 }], 0);

  assert.deepEqual(
    placed.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]),
    [
      [0.5, 1.2],
      [1.2, 2.1],
    ],
  );
});

test('the first word of a segment begins after the last word of the one before', () => {
  const [word] = placeWords([{ text: 'back', startSeconds: 4, endSeconds: 4.1, confidence: 1 }], [], 4.5);

  assert.deepEqual([word?.startSeconds, word?.endSeconds], [4.5, 4.52]);
});

function token({ probability = 1, ...given }: Partial<SpokenToken> & { probability?: number }): SpokenToken {
  return { piece: '', startSeconds: 0, endSeconds: 0, logProbability: Math.log(probability), ...given };
}
