import type { Recognition, RecognizedWord } from '../../recognizer/recognizer.ts';
import { IDENTIFIED_LANGUAGE_SCORE } from './job.ts';

/** Numbers of an item are texts; only its id is a number. Punctuation has no times. */
type Item =
  | {
      readonly id: number;
      readonly type: 'pronunciation';
      readonly alternatives: readonly Alternative[];
      readonly start_time: string;
      readonly end_time: string;
    }
  | { readonly id: number; readonly type: 'punctuation'; readonly alternatives: readonly Alternative[] };

interface Alternative {
  readonly confidence: string;
  readonly content: string;
}

const PUNCTUATION_AT_END = /^(?<spoken>.*?)(?<mark>[.,?!;:]+)$/s;
const NOTHING_SPOKEN = /^[^\p{L}\p{N}]+$/u;

/**
 * The file that a job leaves behind: one line of JSON.
 *
 * Silence is a success: an empty transcript and no items. `identifiedLanguage` is given if the job had to
 * identify the language.
 *
 * Source: Amazon Transcribe developer guide, "Data input and output".
 */
export function transcriptDocument({
  jobName,
  accountId,
  recognition,
  identifiedLanguage,
}: {
  jobName: string;
  accountId: string;
  recognition: Recognition;
  identifiedLanguage: string | undefined;
}): string {
  const items: Item[] = [];
  const audioSegments = recognition.segments.map((segment, id) => {
    const added = segment.words.flatMap((word) => itemsOf(word));
    const numbered = added.map((item, index): Item => ({ ...item, id: items.length + index }));
    items.push(...numbered);
    return {
      id,
      transcript: segment.text,
      start_time: decimal(segment.words[0]?.startSeconds ?? segment.startSeconds),
      end_time: decimal(segment.words.at(-1)?.endSeconds ?? segment.endSeconds),
      items: numbered.map((item) => item.id),
    };
  });
  return JSON.stringify({
    jobName,
    accountId,
    status: 'COMPLETED',
    results: {
      ...(identifiedLanguage !== undefined && identified(identifiedLanguage)),
      transcripts: [{ transcript: recognition.text }],
      items,
      audio_segments: audioSegments,
    },
  });
}

function identified(code: string) {
  return {
    language_code: code,
    language_identification: [{ score: decimal(IDENTIFIED_LANGUAGE_SCORE), code }],
  };
}

/** A word, and the mark that the recognizer wrote behind it. Ids are given later. */
function itemsOf({ text, startSeconds, endSeconds, confidence }: RecognizedWord): Item[] {
  const { spoken, mark } = NOTHING_SPOKEN.test(text)
    ? { spoken: '', mark: text }
    : { spoken: text, mark: '', ...PUNCTUATION_AT_END.exec(text)?.groups };
  const items: Item[] = [];
  if (spoken !== '') {
    items.push({
      id: 0,
      type: 'pronunciation',
      alternatives: [{ confidence: decimal(confidence), content: spoken }],
      start_time: decimal(startSeconds),
      end_time: decimal(endSeconds),
    });
  }
  if (mark !== '')
    items.push({ id: 0, type: 'punctuation', alternatives: [{ confidence: '0.0', content: mark }] });
  return items;
}

/** At most three digits after the point, and always one: `1.0`, `0.44`. */
function decimal(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded);
}
