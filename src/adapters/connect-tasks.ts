import {
  type ConnectClient,
  StartTaskContactCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import type { ContactAttributeName } from '../domain/contact-attributes.ts';
import { RetryableError } from '../domain/errors.ts';
import { jobNameOf } from '../domain/transcript.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import { awsCall } from './aws-call.ts';

export interface ConnectTasksSettings {
  readonly instanceArn: string;
}

/**
 * Tasks in Amazon Connect, and the flag on the call they come from.
 *
 * The client token depends only on the contact, not on the mode or the flow: for seven days a second try
 * gets the task of the first, even if it uses another flow by now. If Connect refuses a flow, it has made no
 * task. The task is *related* to the call and not its successor, because a successor shares the call's
 * attributes: writing one would write the other.
 *
 * Source: Amazon Connect API reference, StartTaskContact and UpdateContactAttributes.
 */
export function connectTasks(
  connect: ConnectClient,
  { instanceArn }: ConnectTasksSettings,
): Pick<DeliverVoicemailPorts, 'startTask' | 'resetFlag'> {
  return {
    startTask: async (task, { contactId, flowId }) => {
      const command = new StartTaskContactCommand({
        InstanceId: instanceArn,
        ContactFlowId: flowId,
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
        Attributes: { vmx3_flag: '0' } satisfies Partial<Record<ContactAttributeName, string>>,
      });
      await awsCall('connect:UpdateContactAttributes', connect.send(command));
    },
  };
}
