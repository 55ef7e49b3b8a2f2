import { basename } from 'node:path';
import { decodeText } from '../../flows/lint/read-flows.ts';
import { judgeContactRecords, recordsIn } from './judge-contact-records.ts';
import { judgeFlows, judgeFlowsElsewhere } from './judge-flows.ts';
import { judgeHtml, judgeTemplates } from './judge-templates.ts';
import { judgeTranscript } from './judge-transcript.ts';
import { type Judgment, notKnown } from './judgment.ts';
import { jsonDocumentsIn } from './json-documents.ts';

/** What a text is, by what is in it; a name only helps where a content does not say it. */
export async function judgeText(bytes: Uint8Array, path: string): Promise<Judgment> {
  const text = decodeText(bytes);
  const documents = jsonDocumentsIn(text);
  const records = recordsIn(documents, text);
  if (records) return judgeContactRecords(records);
  const [only] = documents;
  if (documents.length === 1 && only?.value !== undefined) {
    return (
      (await judgeFlows(only.text)) ??
      judgeTranscript(only) ??
      judgeTemplates(only.value) ?? { kind: 'JSON', remarks: [notKnown('not recognized')] }
    );
  }
  if (/\.config\.[cm]?[jt]s$/.test(basename(path))) {
    return { kind: 'settings', remarks: [notKnown('a program: not run here')] };
  }
  return judgeFlowsElsewhere(text) ?? judgeHtml(text, path) ?? unknownText(text, documents.length);
}

function unknownText(text: string, documents: number): Judgment {
  if (documents > 1) return { kind: 'JSON lines', remarks: [notKnown('not recognized')] };
  const reason = looksLikeJson(text) ? 'begins as JSON, and is none' : 'not recognized';
  return { kind: 'text', remarks: [notKnown(reason)] };
}

function looksLikeJson(text: string): boolean {
  return /^\s*(?:\{\s*"|\[\s*[{"[])/.test(text);
}
