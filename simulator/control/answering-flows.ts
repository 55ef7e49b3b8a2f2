import { z } from 'zod';
import type { FlowDocument } from '../../flows/language/document.ts';
import type { FlowStore, StoredFlow } from '../services/connect/flow/flow-store.ts';

/** A caller hears something by these, or goes where something may be heard. */
const HEARD_ACTIONS: readonly string[] = [
  'ConnectParticipantWithLexBot',
  'GetParticipantInput',
  'InvokeFlowModule',
  'MessageParticipant',
  'MessageParticipantIteratively',
  'TransferParticipantToThirdParty',
  'TransferToFlow',
  'UpdateContactMediaStreamingBehavior',
];

const TargetQueue = z.looseObject({ QueueId: z.string() });

/** The flows that can answer a call, in the order in which they were added. */
export function answeringFlows(flows: FlowStore): readonly StoredFlow[] {
  return flows.all().filter(({ type, document }) => type === 'CONTACT_FLOW' && !isForTasks(document));
}

/**
 * One of them: by id, by ARN, by its name in any case, or by the last words of the name if they are
 * of one flow only: `entry-closed` finds `Voicemail entry closed`.
 */
export function findAnsweringFlow(flows: FlowStore, wanted: string): StoredFlow | undefined {
  const answering = answeringFlows(flows);
  const byId = flows.find(wanted);
  if (byId) return answering.find(({ id }) => id === byId.id);
  const named = answering.find(({ name }) => plain(name) === plain(wanted));
  const ending = answering.filter(({ name }) => plain(name).endsWith(` ${plain(wanted)}`));
  return named ?? (ending.length === 1 ? ending[0] : undefined);
}

/**
 * Whether a flow is for tasks or guides, although its type is that of inbound flows: nothing is to be heard in it,
 * and it shows an agent a view, or takes the queue from an attribute, which no call has at its start.
 */
function isForTasks({ Actions: actions }: FlowDocument): boolean {
  if (actions.some(({ Type: type }) => HEARD_ACTIONS.includes(type))) return false;
  return actions.some(({ Type: type, Parameters: parameters }) => {
    if (type === 'ShowView') return true;
    const queue = type === 'UpdateContactTargetQueue' ? TargetQueue.safeParse(parameters).data : undefined;
    return queue?.QueueId.startsWith('$.Attributes.') ?? false;
  });
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}
