import { z } from 'zod';
import { PermanentError } from '../../src/domain/errors.ts';
import { readTranscript } from '../../src/domain/transcript.ts';
import type { JsonDocument } from './json-documents.ts';
import { type Judgment, notKnown, ok, refused, type Remark, warning } from './judgment.ts';

const Output = z.object({
  results: z.looseObject({ transcripts: z.unknown().optional(), items: z.unknown().optional() }),
});
/** What Amazon Transcribe Call Analytics and Contact Lens write. */
const Analysis = z.object({ Transcript: z.array(z.unknown()), Participants: z.array(z.unknown()) });

/** As delivery reads the output of Amazon Transcribe. Undefined if it is none. */
export function judgeTranscript({ text, value }: JsonDocument): Judgment | undefined {
  if (Analysis.safeParse(value).success) {
    return { kind: 'transcript', remarks: [notKnown('of Call Analytics or Contact Lens: not read')] };
  }
  const { data } = Output.safeParse(value);
  if (!data || (data.results.transcripts === undefined && data.results.items === undefined)) return undefined;
  return { kind: 'transcript', remarks: [onTranscript(text)] };
}

function onTranscript(json: string): Remark {
  try {
    const transcript = readTranscript(json);
    if (transcript.kind === 'gap') return ok(`stands in for a transcript: ${transcript.gap}`);
    return transcript.text === '' ? warning('there are no words in it') : ok('a transcript with words');
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return refused(error.message);
  }
}
