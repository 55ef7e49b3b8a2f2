import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { StoredFlow } from '../flow/flow-store.ts';
import {
  findText,
  invalidRequest,
  permission,
  requireInstance,
  requireText,
  resourceNotFound,
} from '../input.ts';
import { oncePerToken } from '../once-per-token.ts';
import type { ConnectParts } from '../parts.ts';
import { nextSegment } from '../routing/next-segment.ts';
import { runTask } from '../run-task.ts';
import { agentQueueArn, arnIn, findQueue, type QueuePlace, type World } from '../world.ts';

const MOST_TRANSFERS = 11;
const FLOW_TYPES = new Set(['CONTACT_FLOW', 'AGENT_TRANSFER', 'QUEUE_TRANSFER']);

/**
 * Moves a task to another queue or agent: it ends, and another one goes on in the flow that the request names, with
 * the queue or the agent's queue as its target. The new one has the same attributes and references.
 *
 * Not known: the reason with which the first one ends; TRANSFERRED here.
 */
export function transferContact(parts: ConnectParts): RestOperation {
  const { clock, contacts, flows, world } = parts;
  const once = oncePerToken(clock);

  function transfer(input: JsonObject): string {
    const contact = contacts.require(requireText(input, 'ContactId', { max: 256 }));
    const flow = flows.find(requireText(input, 'ContactFlowId', { max: 500 }));
    if (!flow) throw resourceNotFound(`Flow not found: ${String(input['ContactFlowId'])}`);
    refuseTransfer(contact, flow, contacts);
    const queue = targetOf(input, world);
    const nowMs = clock.now();
    const next = nextSegment(contact, { initiationMethod: 'TRANSFER', nowMs, ...(queue && { queue }) });
    contact.nextContactId = next.id;
    contacts.end(contact, 'TRANSFERRED');
    runTask(next, { flow, sinceMs: segmentsOf(contact, contacts).at(-1)?.initiatedAtMs ?? nowMs }, parts);
    return next.id;
  }

  return {
    name: 'TransferContact',
    method: 'POST',
    path: '/contact/transfer',
    needs: ({ input: { InstanceId: instanceId, ContactId: contactId, ContactFlowId: flowId } }) =>
      [`contact/${String(contactId)}`, `contact-flow/${String(flowId).replace(/^.*\//, '')}`].map(
        (resource) => permission('TransferContact', world, { instanceId, resource }),
      ),
    async answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const token = findText(input, 'ClientToken', { min: 0, max: 500 });
      const ContactId = await once(token, async () => transfer(input));
      return { ContactId, ContactArn: arnIn(world, 'contact', ContactId) };
    },
  };
}

function refuseTransfer(contact: Contact, flow: StoredFlow, contacts: Contacts): void {
  if (contact.channel !== 'TASK') throw invalidRequest('Only tasks can be transferred.');
  if (contact.endedAtMs !== undefined) throw invalidRequest('The contact is not active.');
  if (!FLOW_TYPES.has(flow.type))
    throw invalidRequest(`A contact cannot be transferred to a flow of ${flow.type}.`);
  if (segmentsOf(contact, contacts).length <= MOST_TRANSFERS) return;
  const message = `A contact can be transferred ${MOST_TRANSFERS} times.`;
  throw new AwsError('ServiceQuotaExceededException', 402, message);
}

/** The contact, the one that it was transferred from, and so on. */
function segmentsOf(contact: Contact, contacts: Contacts): readonly Contact[] {
  const previous =
    contact.initiationMethod === 'TRANSFER' ? contacts.find(contact.previousContactId ?? '') : undefined;
  return [contact, ...(previous ? segmentsOf(previous, contacts) : [])];
}

function targetOf(input: JsonObject, world: World): QueuePlace | undefined {
  const queueId = findText(input, 'QueueId', { max: 256 });
  const userId = findText(input, 'UserId', { max: 256 });
  if (queueId !== undefined && userId !== undefined) {
    throw invalidRequest('QueueId and UserId must not be given together.');
  }
  const id = (queueId ?? userId)?.replace(/^.*\//, '');
  if (id === undefined) return undefined;
  const queue = findQueue(
    world,
    queueId === undefined ? agentQueueArn(world, id) : arnIn(world, 'queue', id),
  );
  if (!queue) throw resourceNotFound(`Not found in the instance: ${queueId ?? userId}`);
  return queue;
}
