import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RecognizedWord, textOf } from '../../recognizer/recognizer.ts';
import { transcriptDocument } from './transcript-document.ts';

test('words and punctuation become items, numbers become texts', () => {
  const document = documentOf([
    [
      { text: 'Hi,', startSeconds: 0.44, endSeconds: 0.71, confidence: 0.981 },
      { text: 'this', startSeconds: 0.83, endSeconds: 1, confidence: 0.996 },
      { text: 'Ana.', startSeconds: 1.13, endSeconds: 1.6, confidence: 1 },
    ],
  ]);

  assert.deepEqual(document, {
    jobName: 'vm_1',
    accountId: '111122223333',
    status: 'COMPLETED',
    results: {
      transcripts: [{ transcript: 'Hi, this Ana.' }],
      items: [
        pronounced(0, 'Hi', '0.44', '0.71', '0.981'),
        punctuation(1, ','),
        pronounced(2, 'this', '0.83', '1.0', '0.996'),
        pronounced(3, 'Ana', '1.13', '1.6', '1.0'),
        punctuation(4, '.'),
      ],
      audio_segments: [
        { id: 0, transcript: 'Hi, this Ana.', start_time: '0.44', end_time: '1.6', items: [0, 1, 2, 3, 4] },
      ],
    },
  });
});

test('item ids continue from segment to segment', () => {
  const document = documentOf([[word('One.')], [word('Two')]]);

  assert.deepEqual(
    document.results.audio_segments.map(({ id, items }: { id: number; items: number[] }) => [id, items]),
    [
      [0, [0, 1]],
      [1, [2]],
    ],
  );
});

test('marks within a word or a number stay there, and a mark alone is punctuation', () => {
  const document = documentOf([[word("don't"), word('555-0142?'), word('$3.50'), word('-')]]);

  assert.deepEqual(
    document.results.items.map(
      ({ type, alternatives: [first] }: { type: string; alternatives: { content: string }[] }) => [
        type,
        first?.content,
      ],
    ),
    [
      ['pronunciation', "don't"],
      ['pronunciation', '555-0142'],
      ['punctuation', '?'],
      ['pronunciation', '$3.50'],
      ['punctuation', '-'],
    ],
  );
});

test('silence is an empty transcript', () => {
  const { results } = documentOf([]);

  assert.deepEqual(results, { transcripts: [{ transcript: '' }], items: [], audio_segments: [] });
});

test('an identified language is named', () => {
  const { results } = documentOf([], 'en-US');

  assert.equal(results.language_code, 'en-US');
  assert.deepEqual(results.language_identification, [{ score: '0.97', code: 'en-US' }]);
});

function documentOf(segments: readonly (readonly RecognizedWord[])[], identifiedLanguage?: string) {
  const words = segments.flat();
  const document = transcriptDocument({
    jobName: 'vm_1',
    accountId: '111122223333',
    recognition: {
      text: textOf(words),
      language: 'en',
      words,
      segments: segments.map((spoken) => ({
        text: textOf(spoken),
        startSeconds: 0,
        endSeconds: 9,
        words: spoken,
      })),
    },
    identifiedLanguage,
  });
  assert.ok(!document.includes('\n'));
  return JSON.parse(document);
}

function word(text: string): RecognizedWord {
  return { text, startSeconds: 1, endSeconds: 2, confidence: 0.9 };
}

function pronounced(id: number, content: string, start: string, end: string, confidence: string) {
  const alternatives = [{ confidence, content }];
  return { id, type: 'pronunciation', alternatives, start_time: start, end_time: end };
}

function punctuation(id: number, content: string) {
  return { id, type: 'punctuation', alternatives: [{ confidence: '0.0', content }] };
}
