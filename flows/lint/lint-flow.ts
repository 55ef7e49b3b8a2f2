import { FlowDocumentError, parseFlow, type FlowDocument, type FlowType } from '../language/document.ts';
import { attributeFindings } from './attribute-rules.ts';
import type { Finding } from './finding.ts';
import { flagFindings } from './flag-rules.ts';
import { flowGraph } from './flow-graph.ts';
import { flowTypeOf } from './flow-type.ts';
import { languageFindings } from './language-rules.ts';
import { recordingFindings } from './recording-rules.ts';
import { walkRecording } from './recording-walk.ts';
import { ssmlFindings } from './ssml-rules.ts';
import { streamingFindings } from './streaming-rules.ts';
import { structureFindings } from './structure-rules.ts';

interface Checked {
  /** For the message about text that is no flow. */
  readonly name: string;
  /** Found out from the document if not given. */
  readonly type?: FlowType;
  readonly known?: {
    /** Names of contact attributes that look like ours and are the customer's own. */
    readonly attributes?: readonly string[];
  };
}

/**
 * The problems of a flow, in plain words: those that Amazon Connect would refuse to publish, and those that
 * it publishes but that break voicemail or leave callers without a prompt. It follows the paths that a call
 * can take, and runs nothing.
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
    type: flow.type ?? flowTypeOf(document),
    graph,
    walk: walkRecording(graph),
    ownAttributes: flow.known?.attributes ?? [],
  };
  return [
    ...structureFindings(subject),
    ...streamingFindings(subject),
    ...flagFindings(subject),
    ...recordingFindings(subject),
    ...attributeFindings(subject),
    ...ssmlFindings(subject),
    ...languageFindings(subject),
  ];
}

function readFlow(json: string, name: string): FlowDocument {
  try {
    return parseFlow(json);
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    throw new FlowDocumentError(`${name}: ${error.message}`, { cause: error });
  }
}
