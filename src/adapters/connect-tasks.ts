import {
  type ConnectClient,
  IdempotencyException,
  InvalidParameterException,
  InvalidRequestException,
  StartTaskContactCommand,
  type StartTaskContactCommandOutput,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { clientTokenFor } from '../domain/client-token.ts';
import type { ContactAttributeName } from '../domain/contact-attributes.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { Task } from '../domain/task.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import type { SetbackPort } from '../steps/ports.ts';
import type { TaskTarget } from '../steps/start-task.ts';
import { awsCall } from './aws-call.ts';

export interface ConnectTasksSettings extends SetbackPort {
  readonly instanceArn: string;
}

const MINUTE_MS = 60_000;

/**
 * Tasks in Amazon Connect, and the flag on the call they come from.
 *
 * The client token depends only on the contact, not on the mode or the flow: for seven days a second try
 * gets the task of the first, even if it uses another flow by now. If Connect refuses a flow, it has made no
 * task. Each later delivery has another token, as Connect may still know that of an earlier task. The task is
 * *related* to the call and not its successor, because a successor shares the call's attributes: writing one would write
 * the other.
 *
 * A try without the attachment that Connect just refused has the same token: if it is the second delivery of a voicemail
 * whose first one did make a task, it gets that task. Connect is not known to hold a refused request against its token.
 * If it does, with IdempotencyException, the task gets a token of its own, as the refusal says that there is none yet.
 *
 * A task whose expiry Connect refuses is made with Connect's own of seven days, which is reported: a task that
 * ends early is better than none.
 *
 * Source: Amazon Connect API reference, StartTaskContact and UpdateContactAttributes.
 */
export function connectTasks(
  connect: ConnectClient,
  { instanceArn, setback }: ConnectTasksSettings,
): Pick<DeliverVoicemailPorts, 'startTask' | 'resetFlag'> {
  async function start(task: Task, target: TaskTarget, ClientToken: string): Promise<string> {
    const input = inputFor(task, target, { InstanceId: instanceArn, ClientToken });
    const send = (SegmentAttributes?: ReturnType<typeof expiryAfter>) =>
      connect.send(new StartTaskContactCommand({ ...input, SegmentAttributes }));
    const withOwnExpiry = async (): Promise<StartTaskContactCommandOutput> => {
      try {
        return await send(expiryAfter(target.lifeMs));
      } catch (error) {
        // An attachment is refused with the same errors. Who wanted it tries without.
        if (target.attachment) throw error;
        if (!(error instanceof InvalidParameterException) && !(error instanceof InvalidRequestException))
          throw error;
        const answer = await send();
        const what = 'Amazon Connect refused the expiry of a task, which ends after seven days';
        setback(what, { contactId: target.contactId, error });
        return answer;
      }
    };
    const { ContactId } = await awsCall('connect:StartTaskContact', withOwnExpiry());
    if (!ContactId)
      throw new RetryableError('UNAVAILABLE', 'connect:StartTaskContact answered no contact id');
    return ContactId;
  }

  return {
    startTask: async (task, target) => {
      const token = clientTokenFor(target.contactId, target.round);
      try {
        return await start(task, target, token);
      } catch (error) {
        const isUsedUp = error instanceof PermanentError && error.cause instanceof IdempotencyException;
        if (!isUsedUp || !target.isAfterRefusal) throw error;
        return start(task, target, `${token}_plain`);
      }
    },
    resetFlag: async (contactId) => {
      const command = new UpdateContactAttributesCommand({
        InstanceId: instanceArn,
        InitialContactId: contactId,
        Attributes: { vmx3_flag: '0' } satisfies Partial<Record<ContactAttributeName, string>>,
      });
      await awsCall('connect:UpdateContactAttributes', connect.send(command));
    },
  };
}

function inputFor(
  task: Task,
  { contactId, flowId, attachment }: TaskTarget,
  whose: { readonly InstanceId: string; readonly ClientToken: string },
) {
  return {
    ...whose,
    ContactFlowId: flowId,
    RelatedContactId: contactId,
    Name: task.name,
    Description: task.description,
    References: Object.fromEntries(
      task.references.map(({ name, type, value }) => [name, { Type: type, Value: value }]),
    ),
    Attributes: task.attributes,
    ...(attachment && { Attachments: [{ FileName: attachment.fileName, S3Url: attachment.url }] }),
  };
}

/** In whole minutes. Source: Amazon Connect API reference, StartTaskContact, SegmentAttributes. */
function expiryAfter(lifeMs: number) {
  const ExpiryDuration = { ValueInteger: Math.max(1, Math.floor(lifeMs / MINUTE_MS)) };
  return { 'connect:ContactExpiry': { ValueMap: { ExpiryDuration } } };
}
