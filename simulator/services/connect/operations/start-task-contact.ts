import type { ConnectParts } from '../parts.ts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isJsonObject, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { inBackground } from '../../../in-background.ts';
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

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const USUAL_EXPIRY_MS = 7 * DAY_MS;
const LONGEST_EXPIRY_MS = 90 * DAY_MS;
const TOKEN_LIVES_MS = 7 * DAY_MS;
const FURTHEST_SCHEDULE_MS = 6 * DAY_MS;
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
 * Not done: task templates and quick connects (there are none), attachments (the
 * instance does not take any), the limit of 2,500 open tasks, expiry that a flow changes.
 * Source: API reference, StartTaskContact; administrator guide, "Feature specifications".
 *
 * Not known: which of the two exceptions an expiry over the limit has.
 */
export function startTaskContact(parts: ConnectParts): RestOperation {
  const { clock, contacts, world, runFlow } = parts;
  const started = new Map<string, { contactId: string; atMs: number }>();

  function alreadyStarted(token: string | undefined): string | undefined {
    const earlier = started.get(token ?? '');
    return earlier && clock.now() - earlier.atMs < TOKEN_LIVES_MS ? earlier.contactId : undefined;
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
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const token = findText(input, 'ClientToken', { min: 0, max: 500 });
      const earlier = alreadyStarted(token);
      if (earlier !== undefined) return { ContactId: earlier };

      const flow = requireFlow(input, parts.flows);
      const task = newTask(input, parts);
      const expiryMs = expiryMsOf(task.segmentAttributes);
      contacts.add(task);
      if (token) started.set(token, { contactId: task.id, atMs: clock.now() });
      const waitMs = Math.max((task.scheduledAtMs ?? 0) - clock.now(), 0);
      // In fast time nobody would have time to take a task if the clock jumped to its expiry.
      clock.after(waitMs + expiryMs, () => contacts.end(task, 'EXPIRED'), { background: true });
      const run = () => inBackground(runFlow({ flow, contact: task }).ended);
      if (waitMs > 0) clock.after(waitMs, run);
      else run();
      return { ContactId: task.id };
    },
  };
}

function newTask(input: JsonObject, { clock, contacts }: ConnectParts): Contact {
  const name = requireText(input, 'Name', { min: 0, max: 1024 });
  const description = findText(input, 'Description', { min: 0, max: 4096 });
  const references = referencesOf(input);
  const added = attributesOf(input);
  const scheduledAtMs = scheduledAtMsOf(input, clock.now());
  const segmentAttributes = segmentAttributesOf(input);
  refuseAttachments(input);

  const previousContactId = findText(input, 'PreviousContactId', { max: 256 });
  const relatedContactId = findText(input, 'RelatedContactId', { max: 256 });
  if (previousContactId !== undefined && relatedContactId !== undefined) {
    throw invalidRequest('PreviousContactId and RelatedContactId must not be given together.');
  }
  const previous = previousContactId === undefined ? undefined : contacts.require(previousContactId);
  const related = relatedContactId === undefined ? undefined : contacts.require(relatedContactId);
  if (previous) refuseLongChain(previous, contacts.all());

  const attributes = previous?.attributes ?? new Map(related?.attributes);
  mergeAttributes(attributes, added);
  return newContact({
    id: randomUUID(),
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAtMs: clock.now(),
    name,
    references,
    attributes,
    segmentAttributes,
    ...(description !== undefined && { description }),
    ...(scheduledAtMs !== undefined && { scheduledAtMs }),
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

function segmentAttributesOf({ SegmentAttributes: value }: JsonObject): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) throw invalidParameter('SegmentAttributes must be a map.');
  return value;
}

const Expiry = z.looseObject({
  'connect:ContactExpiry': z
    .strictObject({
      ValueMap: z.strictObject({ ExpiryDuration: z.strictObject({ ValueInteger: z.int() }) }),
    })
    .optional(),
});

function expiryMsOf(segmentAttributes: unknown): number {
  const parsed = Expiry.safeParse(segmentAttributes);
  if (!parsed.success) throw invalidParameter('connect:ContactExpiry must have ExpiryDuration, an integer.');
  const minutes = parsed.data['connect:ContactExpiry']?.ValueMap.ExpiryDuration.ValueInteger;
  if (minutes === undefined) return USUAL_EXPIRY_MS;
  if (minutes < 1 || minutes * MINUTE_MS > LONGEST_EXPIRY_MS)
    throw invalidParameter('connect:ContactExpiry must be 1 minute to 90 days.');
  return minutes * MINUTE_MS;
}

function refuseAttachments({ Attachments: value }: JsonObject): void {
  if (value === undefined || value === null) return;
  throw invalidRequest('Attachments are not enabled for the instance.');
}
