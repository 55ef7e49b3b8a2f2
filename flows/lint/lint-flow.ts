import { FlowDocumentError, parseFlow, type FlowDocument, type FlowType } from '../language/document.ts';
import { attributeFindings } from './attribute-rules.ts';
import type { Finding } from './finding.ts';
import { flagFindings } from './flag-rules.ts';
import { flowGraph } from './flow-graph.ts';
import { flowTypesOf } from './flow-type.ts';
import { isForVoicemail } from './is-for-voicemail.ts';
import { languageFindings } from './language-rules.ts';
import { recordingFindings } from './recording-rules.ts';
import { walkRecording } from './recording-walk.ts';
import { ssmlFindings } from './ssml-rules.ts';
import { streamingFindings } from './streaming-rules.ts';
import { structureFindings } from './structure-rules.ts';
import type { Subject } from './subject.ts';
import { textFindings } from './text-rules.ts';
import { whateverTheType } from './whatever-the-type.ts';

interface Checked {
  /** For the message about text that is no flow. */
  readonly name: string;
  /** Absent: what the document says, or every type that it may be of. */
  readonly type?: FlowType;
  readonly known?: {
    /** Names of contact attributes that look like ours and are the customer's own. */
    readonly attributes?: readonly string[];
  };
}

/**
 * The problems of a flow, in plain words: those that Amazon Connect would refuse to publish, and those that
 * it publishes but that break voicemail or leave callers without a prompt. It follows the paths that a call
 * can take, and runs nothing. What is not known here is a note.
 *
 * Throws FlowDocumentError, with the name, for text that is no flow.
 */
export function lintFlow(
  flow: Checked & ({ readonly json: string } | { readonly document: FlowDocument }),
): readonly Finding[] {
  const document = 'document' in flow ? flow.document : readFlow(flow.json, flow.name);
  const graph = flowGraph(document);
  const subject = {
    flow: document,
    graph,
    walk: walkRecording(graph),
    ownAttributes: flow.known?.attributes ?? [],
  };
  const types = flow.type ? [flow.type] : flowTypesOf(document);
  return whateverTheType(types, (type) => findingsOf({ ...subject, type }));
}

function findingsOf(subject: Subject): readonly Finding[] {
  const ofVoicemail = [
    ...streamingFindings(subject),
    ...flagFindings(subject),
    ...recordingFindings(subject),
  ];
  const isVoicemail = isForVoicemail(subject.flow);
  return [
    ...structureFindings(subject),
    ...(isVoicemail ? ofVoicemail : ofVoicemail.map(onlyForVoicemail)),
    ...attributeFindings(subject),
    ...ssmlFindings(subject),
    ...textFindings(subject),
    ...languageFindings(subject),
  ];
}

/** Streams and long inputs have other uses too, such as transcription. */
function onlyForVoicemail({ message, ...finding }: Finding): Finding {
  return {
    ...finding,
    severity: 'note',
    message: `Nothing in this flow says that it takes voicemails. If it does: ${message}`,
  };
}

function readFlow(json: string, name: string): FlowDocument {
  try {
    return parseFlow(json);
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw new FlowDocumentError(`${name}: ${error.message}`, { cause: error });
  }
}
