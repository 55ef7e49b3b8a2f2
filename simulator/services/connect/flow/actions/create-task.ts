import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newContact } from '../../contacts/contact.ts';
import { actionKind, Count, Scalar } from '../action-kind.ts';
import { NotSimulatedError } from '../not-simulated.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';
import { wroteAttributes } from '../write-attributes.ts';

const Reference = z.looseObject({ Type: z.string(), Value: Scalar });

/**
 * Starts a task that runs its own flow. It is related to this contact, and begins with a copy of its
 * attributes. Not simulated: task templates, tasks scheduled for a time of day.
 */
export const createTask = actionKind({
  parameters: z.object({
    Name: Scalar,
    Description: Scalar.optional(),
    ContactFlowId: z.string().optional(),
    References: z.record(z.string(), Reference).default({}),
    Attributes: z.record(z.string(), Scalar).default({}),
    DelaySeconds: Count.default(0),
    ScheduledTime: z.unknown().optional(),
  }),
  logName: 'CreateTask',
  run(given, { contact, paths, parts: { clock, contacts, flows }, scope, start }) {
    if (given.ContactFlowId === undefined) throw new NotSimulatedError('task templates are not simulated');
    if (given.ScheduledTime !== undefined) throw new NotSimulatedError('a time of day is not simulated');
    const flow = flows.find(paths.single(given.ContactFlowId) ?? '');
    if (!flow) return NO_MATCHING_ERROR;
    const { Description, DelaySeconds } = given;
    const references = Object.entries(given.References).map(([name, { Type, Value }]) => [
      name,
      { type: Type, value: paths.text(Value) },
    ]);
    const task = newContact({
      id: randomUUID(),
      channel: 'TASK',
      initiationMethod: 'API',
      initiatedAtMs: clock.now(),
      relatedContactId: contact.id,
      name: paths.text(given.Name),
      ...(Description !== undefined && { description: paths.text(Description) }),
      references: Object.fromEntries(references),
      attributes: new Map(contact.attributes),
      ...(DelaySeconds > 0 && { scheduledAtMs: clock.now() + DelaySeconds * 1000 }),
    });
    const added = Object.entries(given.Attributes).map(([key, value]) => [key, paths.text(value)] as const);
    if (!wroteAttributes(task.attributes, new Map(added))) return NO_MATCHING_ERROR;
    contacts.add(task);
    scope.taskContactId = task.id;
    if (DelaySeconds > 0) clock.after(DelaySeconds * 1000, () => start(flow, task));
    else start(flow, task);
    return DONE;
  },
});
