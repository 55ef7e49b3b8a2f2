import type { RecognizedWord } from './recognizer.ts';

/** One token that the decoder said. */
export interface SpokenToken {
  /** As the vocabulary writes it: `▁word` opens a word, `<0x2E>` is one byte. */
  readonly piece: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Natural logarithm of its probability. */
  readonly logProbability: number;
}

const WORD_MARK = '▁';
const BYTE_PIECE = /^<0x([0-9A-F]{2})>$/;

/**
 * The words that tokens make up. A word lasts from its first token to its last;
 * its confidence is the geometric mean of its tokens' probabilities.
 *
 * Letters beyond the vocabulary come as single bytes of UTF-8 and are put together
 * only when the word is whole.
 */
export function wordsOf(tokens: readonly SpokenToken[]): RecognizedWord[] {
  const groups: SpokenToken[][] = [];
  for (const token of tokens) {
    const group = groups.at(-1);
    if (group && !token.piece.startsWith(WORD_MARK)) group.push(token);
    else groups.push([token]);
  }
  return groups.map(wordOf).filter((word) => word.text !== '');
}

function wordOf(tokens: readonly SpokenToken[]): RecognizedWord {
  const bytes = Buffer.concat(tokens.map((token) => bytesOf(token.piece)));
  const logProbability = tokens.reduce((sum, token) => sum + token.logProbability, 0) / tokens.length;
  return {
    text: bytes.toString('utf8').trim(),
    startSeconds: tokens[0]?.startSeconds ?? 0,
    endSeconds: tokens.at(-1)?.endSeconds ?? 0,
    confidence: Math.exp(logProbability),
  };
}

function bytesOf(piece: string): Buffer {
  const hex = BYTE_PIECE.exec(piece)?.[1];
  return hex === undefined ? Buffer.from(piece.replaceAll(WORD_MARK, ' ')) : Buffer.from(hex, 'hex');
}
