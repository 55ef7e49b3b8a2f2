import type { ConnectParts } from '../parts.ts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { attributesOf, mergeAttributes } from '../contacts/attributes.ts';
import { type Contact, newContact } from '../contacts/contact.ts';
import {
  findText,
  invalidParameter,
  invalidRequest,
  permission,
  requireInstance,
  requireText,
  resourceNotFound,
} from '../input.ts';
import type { FlowStore, StoredFlow } from '../flow/flow-store.ts';
import { referencesOf } from '../contacts/references.ts';
import { readExpiryMs, segmentAttributesOf } from '../contacts/task-expiry.ts';
import { oncePerToken } from '../once-per-token.ts';
import { runTask } from '../run-task.ts';
import { arnIn, type World } from '../world.ts';

const FURTHEST_SCHEDULE_MS = 6 * 86_400_000;
const MOST_TASKS_PER_PREVIOUS_CONTACT = 12;

/**
 * Starts a task, which then runs through its flow.
 *
 * The same ClientToken returns the same contact for seven days, even if the rest of the request differs.
 * Chained by PreviousContactId, both contacts have one set of attributes; by RelatedContactId, the new one
 * begins with a copy.
 *
 * A task that is open when its time is up ends, in a queue or with an agent: after seven days, or the minutes
 * in `connect:ContactExpiry`, of which there may be 90 days.
 *
 * Not done: task templates and quick connects (there are none), expiry that a flow changes.
 * Source: API reference, StartTaskContact; administrator guide, "Feature specifications".
 */
export function startTaskContact(parts: ConnectParts): RestOperation {
  const { clock, files, world } = parts;
  const once = oncePerToken(clock);

  async function start(input: JsonObject, createdBy: string): Promise<string> {
    const flow = requireFlow(input, parts.flows);
    const asked = readTask(input, parts);
    refuseMoreTasks(parts);
    const id = randomUUID();
    const attached = await files.attach(input, { contactId: id, createdBy });
    const task = newTask(id, { ...asked, references: { ...asked.references, ...attached } }, clock.now());
    runTask(task, { flow, sinceMs: task.scheduledAtMs ?? task.initiatedAtMs }, parts);
    return id;
  }

  return {
    name: 'StartTaskContact',
    method: 'PUT',
    path: '/contact/task',
    needs: ({ input }) => {
      const { InstanceId: instanceId, ContactFlowId: flowId } = input;
      const asked = (resource: string) => permission('StartTaskContact', world, { instanceId, resource });
      if (typeof flowId !== 'string') return [asked('contact/*')];
      return [asked('contact/*'), asked(`contact-flow/${flowId.slice(flowId.lastIndexOf('/') + 1)}`)];
    },
    async answer({ input, request: { caller } }) {
      requireInstance(world, input['InstanceId']);
      const token = findText(input, 'ClientToken', { min: 0, max: 500 });
      return { ContactId: await once(token, () => start(input, caller.arn)) };
    },
  };
}

/** What a request says about the task, read and allowed. */
interface AskedTask extends Pick<Contact, 'name' | 'description' | 'references' | 'segmentAttributes'> {
  readonly added: ReadonlyMap<string, string>;
  readonly scheduledAtMs?: number;
  readonly previous?: Contact;
  readonly related?: Contact;
}

function readTask(input: JsonObject, { clock, contacts, world }: ConnectParts): AskedTask {
  const name = requireText(input, 'Name', { min: 0, max: 1024 });
  const description = findText(input, 'Description', { min: 0, max: 4096 });
  const references = referencesOf(input);
  const added = attributesOf(input);
  const scheduledAtMs = scheduledAtMsOf(input, clock.now());
  const segmentAttributes = segmentAttributesOf(input);
  readExpiryMs(segmentAttributes);
  checkCreator(segmentAttributes, world);

  const previousContactId = findText(input, 'PreviousContactId', { max: 256 });
  const relatedContactId = findText(input, 'RelatedContactId', { max: 256 });
  if (previousContactId !== undefined && relatedContactId !== undefined) {
    throw invalidRequest('PreviousContactId and RelatedContactId must not be given together.');
  }
  const previous = previousContactId === undefined ? undefined : contacts.require(previousContactId);
  const related = relatedContactId === undefined ? undefined : contacts.require(relatedContactId);
  if (previous) refuseLongChain(previous, contacts.all());
  return {
    name,
    references,
    added,
    segmentAttributes,
    ...(description !== undefined && { description }),
    ...(scheduledAtMs !== undefined && { scheduledAtMs }),
    ...(previous && { previous }),
    ...(related && { related }),
  };
}

/** Throws InvalidRequestException if attributes are too many bytes together. */
function newTask(id: string, { added, previous, related, ...asked }: AskedTask, nowMs: number): Contact {
  const attributes = previous?.attributes ?? new Map(related?.attributes);
  mergeAttributes(attributes, added);
  return newContact({
    ...asked,
    id,
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAtMs: nowMs,
    attributes,
    ...(previous && {
      previousContactId: previous.id,
      initialContactId: previous.initialContactId ?? previous.id,
    }),
    ...(related && { relatedContactId: related.id }),
  });
}

/** By id or ARN. Only flows are simulated: templates and quick connects are never found. */
function requireFlow(input: JsonObject, flows: FlowStore): StoredFlow {
  const flowId = findText(input, 'ContactFlowId', { max: 500 });
  const templateId = findText(input, 'TaskTemplateId', { max: 500 });
  const quickConnectId = findText(input, 'QuickConnectId', { max: 100 });
  const given = [flowId, templateId, quickConnectId].filter((id) => id !== undefined);
  if (given.length !== 1) {
    throw invalidRequest('Exactly one of ContactFlowId, TaskTemplateId and QuickConnectId must be given.');
  }
  const flow = flows.find(flowId ?? '');
  if (!flow || ![flow.id, flow.arn].includes(flowId ?? '')) {
    throw resourceNotFound(`Not found in the instance: ${given.join()}`);
  }
  return flow;
}

function refuseLongChain(previous: Contact, contacts: readonly Contact[]): void {
  const tasks = contacts.filter(
    ({ channel, previousContactId }) => channel === 'TASK' && previousContactId === previous.id,
  );
  if (tasks.length < MOST_TASKS_PER_PREVIOUS_CONTACT) return;
  const message = `There are already ${tasks.length} tasks with the PreviousContactId ${previous.id}.`;
  throw new AwsError('ServiceQuotaExceededException', 402, message);
}

function scheduledAtMsOf({ ScheduledTime: value }: JsonObject, nowMs: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw invalidParameter('ScheduledTime must be a number of seconds.');
  const scheduledAtMs = value * 1000;
  if (scheduledAtMs < nowMs || scheduledAtMs > nowMs + FURTHEST_SCHEDULE_MS) {
    throw invalidRequest('ScheduledTime must not be in the past, nor more than 6 days ahead.');
  }
  return scheduledAtMs;
}

const Creator = z.looseObject({
  'connect:CreatedByUser': z.strictObject({ ValueString: z.string() }).optional(),
});

/** Source: API reference, StartTaskContact, SegmentAttributes. Not known: the exception for an unknown agent. */
function checkCreator(segmentAttributes: JsonObject, world: World): void {
  const { success, data } = Creator.safeParse(segmentAttributes);
  const arn = data?.['connect:CreatedByUser']?.ValueString;
  if (success && (arn === undefined || world.users.some(({ id }) => arnIn(world, 'agent', id) === arn)))
    return;
  throw invalidParameter('connect:CreatedByUser must be the ARN of an agent.');
}

function refuseMoreTasks({ contacts, mostOpenTasks }: ConnectParts): void {
  if (mostOpenTasks === Infinity) return;
  const open = contacts
    .all()
    .filter(({ channel, endedAtMs }) => channel === 'TASK' && endedAtMs === undefined);
  if (open.length < mostOpenTasks) return;
  const message = `The instance may have ${mostOpenTasks} open tasks.`;
  throw new AwsError('ServiceQuotaExceededException', 402, message);
}
