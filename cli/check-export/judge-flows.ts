import { type FlowDocument, FlowDocumentError } from '../../flows/language/document.ts';
import type { Finding } from '../../flows/lint/finding.ts';
import { flowTypesOf } from '../../flows/lint/flow-type.ts';
import { lintFlow } from '../../flows/lint/lint-flow.ts';
import { type FlowInFile, readFlows } from '../../flows/lint/read-flows.ts';
import { IS_INSTALLED } from '../../infra/installation.ts';
import { cut } from '../../src/domain/cut.ts';
import { type Judgment, notKnown, ok, refused, type Remark, warning } from './judgment.ts';

const LONGEST_REASON_CHARS = 300;
const TELLS_MORE = 'vmx lint-flow tells more';
const REMARK_OF = { error: refused, warning, note: ok } as const;

/** As `vmx lint-flow` checks flows, and as `vmx call` runs them. Undefined if there is none in the JSON. */
export async function judgeFlows(json: string): Promise<Judgment | undefined> {
  if (!/"Actions|"modules"/.test(json.replaceAll('\\', ''))) return undefined;
  try {
    const flows = readFlows(json);
    if (flows.length === 0) return undefined;
    const remarks: Remark[] = [];
    for (const flow of flows) remarks.push(...(await onFlow(flow)));
    return { kind: 'flow', remarks: flows.length > 1 ? [...remarks, ok(`${flows.length} flows`)] : remarks };
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    return { kind: 'flow', remarks: [unusable(error)] };
  }
}

/** Text with flows that is no JSON: YAML of CloudFormation, and Terraform. Undefined for any other. */
export function judgeFlowsElsewhere(text: string): Judgment | undefined {
  if (!/aws_connect_contact_flow|AWS::Connect::ContactFlow/.test(text)) return undefined;
  try {
    readFlows(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    // Otherwise it is the parser's own sentence, which quotes what is there.
    const isOurs = !error.message.startsWith('not a flow');
    return isOurs ? { kind: 'flow', remarks: [notKnown(error.message)] } : undefined;
  }
}

async function onFlow({ document, type, name }: FlowInFile): Promise<readonly Remark[]> {
  if (document instanceof FlowDocumentError) return [unusable(document)];
  const findings = lintFlow({ name: name ?? '', document, ...(type && { type }) });
  const types = type ? [type] : flowTypesOf(document);
  return [...findings.map(remarkOf), ...(types.includes('CONTACT_FLOW') ? await onCalls(document) : [])];
}

/** It names members and places. Of many, the first are enough here. */
function unusable({ message }: FlowDocumentError): Remark {
  return refused(cut(message, LONGEST_REASON_CHARS));
}

/** Messages of the linter quote the flow; its rules do not. */
function remarkOf({ severity, rule }: Finding): Remark {
  return REMARK_OF[severity](`${rule} (${TELLS_MORE})`);
}

/** The simulator is in no archive. */
async function onCalls(document: FlowDocument): Promise<readonly Remark[]> {
  if (IS_INSTALLED) return [];
  return (await import('./call-flow.ts')).remarksOnCalls(document);
}
