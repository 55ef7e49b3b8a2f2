import type { Clock } from '../../clock.ts';
import type { Happenings } from '../../happenings.ts';
import type { Contact } from './contact.ts';
import type { Contacts } from './contacts.ts';
import { findQueue, type World } from './world.ts';

/**
 * Runs a task through its flow: the one flow that tasks have here.
 *
 * 1. UpdateContactTargetQueue, to the queue in the attribute `vmx3_queue_arn`;
 *    an agent's personal queue (`…/queue/agent/<user id>`) will do as well
 * 2. TransferContactToQueue
 * 3. DisconnectParticipant
 *
 * Where 1 cannot find the queue, it takes its error branch to 3: the task ends at
 * once with CONTACT_FLOW_DISCONNECT, and no agent ever sees it. Whoever started
 * the task has its id and no error.
 */
export function runTaskFlow(task: Contact, { clock, happenings, contacts, world }: TaskFlowParts): void {
  const queue = findQueue(world, task.attributes.get('vmx3_queue_arn') ?? '');
  if (!queue) {
    contacts.end(task, 'CONTACT_FLOW_DISCONNECT');
    return;
  }
  task.queueStay = { queue, enqueuedAtMs: clock.now() };
  contacts.changed(task);
  happenings.tell({ kind: 'task-created', atMs: clock.now(), contactId: task.id, queueArn: queue.arn });
}

interface TaskFlowParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly contacts: Contacts;
  readonly world: World;
}
