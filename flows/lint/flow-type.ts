import { z } from 'zod';
import { actionRule } from '../language/actions.ts';
import { FLOW_TYPES, type FlowDocument, type FlowType } from '../language/document.ts';

/** What the designer writes into a flow's metadata. */
const DESIGNER_TYPES: ReadonlyMap<string, FlowType> = new Map([
  ['contactFlow', 'CONTACT_FLOW'],
  ['customerQueue', 'CUSTOMER_QUEUE'],
  ['customerHold', 'CUSTOMER_HOLD'],
  ['customerWhisper', 'CUSTOMER_WHISPER'],
  ['agentHold', 'AGENT_HOLD'],
  ['agentWhisper', 'AGENT_WHISPER'],
  ['outboundWhisper', 'OUTBOUND_WHISPER'],
  ['agentTransfer', 'AGENT_TRANSFER'],
  ['queueTransfer', 'QUEUE_TRANSFER'],
]);

const WithType = z.looseObject({ type: z.string() });

/**
 * The types that a flow may be of, never empty. One, if the document says it; otherwise all whose flows may have
 * its actions, or as many of them as possible.
 */
export function flowTypesOf({
  Metadata: metadata,
  Settings: settings,
  Actions: actions,
}: FlowDocument): readonly FlowType[] {
  const { data: designer } = WithType.safeParse(metadata);
  const designed = DESIGNER_TYPES.get(designer?.type ?? '');
  if (designed) return [designed];
  if (settings !== undefined) return ['MODULE'];
  const misfits = (type: FlowType) => actions.filter((action) => !mayHave(type, action.Type)).length;
  const least = Math.min(...FLOW_TYPES.map(misfits));
  return FLOW_TYPES.filter((type) => misfits(type) === least);
}

function mayHave(type: FlowType, action: string): boolean {
  return actionRule(action)?.flowTypes.includes(type) ?? true;
}
