import {
  type ConnectClient,
  StartTaskContactCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { RetryableError } from '../domain/errors.ts';
import { jobNameOf } from '../domain/transcript.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import { awsCall } from './aws-call.ts';

export interface ConnectTasksSettings {
  readonly instanceArn: string;
  /** The flow a task enters: it must put the task into the queue that `vmx3_queue_arn` names. */
  readonly taskFlowId: string;
}

/**
 * Tasks in Amazon Connect, and the flag on the call they come from.
 *
 * The client token is the contact's: for seven days a second try gets the task of
 * the first. The task is *related* to the call and not its successor, because a
 * successor shares the call's attributes: writing one would write the other.
 *
 * Source: Amazon Connect API reference, StartTaskContact and UpdateContactAttributes.
 */
export function connectTasks(
  connect: ConnectClient,
  { instanceArn, taskFlowId }: ConnectTasksSettings,
): Pick<DeliverVoicemailPorts, 'startTask' | 'resetFlag'> {
  return {
    startTask: async (task, contactId) => {
      const command = new StartTaskContactCommand({
        InstanceId: instanceArn,
        ContactFlowId: taskFlowId,
        RelatedContactId: contactId,
        ClientToken: jobNameOf(contactId),
        Name: task.name,
        Description: task.description,
        References: Object.fromEntries(
          task.references.map(({ name, type, value }) => [name, { Type: type, Value: value }]),
        ),
        Attributes: task.attributes,
      });
      const { ContactId } = await awsCall('connect:StartTaskContact', connect.send(command));
      if (!ContactId)
        throw new RetryableError('UNAVAILABLE', 'connect:StartTaskContact answered no contact id');
      return ContactId;
    },
    resetFlag: async (contactId) => {
      const command = new UpdateContactAttributesCommand({
        InstanceId: instanceArn,
        InitialContactId: contactId,
        Attributes: { vmx3_flag: '0' },
      });
      await awsCall('connect:UpdateContactAttributes', connect.send(command));
    },
  };
}
