import { z } from 'zod';
import type { FlowDocument, FlowType } from '../language/document.ts';

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

/** Actions that stand in one type of flow only, or seldom in another. */
const TELLING_ACTIONS: ReadonlyMap<string, FlowType> = new Map([
  ['EndFlowModuleExecution', 'MODULE'],
  ['MessageParticipantIteratively', 'CUSTOMER_QUEUE'],
  ['DequeueContactAndTransferToQueue', 'CUSTOMER_QUEUE'],
  ['CompleteOutboundCall', 'OUTBOUND_WHISPER'],
  ['TransferContactToAgent', 'AGENT_TRANSFER'],
  ['EndFlowExecution', 'CUSTOMER_QUEUE'],
]);

const WithType = z.looseObject({ type: z.string() });

/** The type of a flow, from what its document gives away: it does not say it in so many words. */
export function flowTypeOf({
  Metadata: metadata,
  Settings: settings,
  Actions: actions,
}: FlowDocument): FlowType {
  const { data: designer } = WithType.safeParse(metadata);
  const designed = DESIGNER_TYPES.get(designer?.type ?? '');
  if (designed) return designed;
  if (settings !== undefined) return 'MODULE';
  const types = new Set(actions.map(({ Type: type }) => type));
  return [...TELLING_ACTIONS].find(([type]) => types.has(type))?.[1] ?? 'CONTACT_FLOW';
}
