import {
  type ConnectClient,
  InvalidParameterException,
  InvalidRequestException,
  StartTaskContactCommand,
  type StartTaskContactCommandOutput,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import type { ContactAttributeName } from '../domain/contact-attributes.ts';
import { RetryableError } from '../domain/errors.ts';
import { jobNameOf } from '../domain/transcript.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import type { SetbackPort } from '../steps/ports.ts';
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
 * task. Each later delivery has another token, as Connect may still know that of an earlier task. The task is *related* to the call and not its successor, because a successor shares the call's attributes:
 * writing one would write the other.
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
  return {
    startTask: async (task, { contactId, flowId, lifeMs, round }) => {
      const input = {
        InstanceId: instanceArn,
        ContactFlowId: flowId,
        RelatedContactId: contactId,
        ClientToken: `${jobNameOf(contactId)}${roundSuffix(round)}`,
        Name: task.name,
        Description: task.description,
        References: Object.fromEntries(
          task.references.map(({ name, type, value }) => [name, { Type: type, Value: value }]),
        ),
        Attributes: task.attributes,
      };
      const start = async (SegmentAttributes?: ReturnType<typeof expiryAfter>) =>
        connect.send(new StartTaskContactCommand({ ...input, SegmentAttributes }));
      const withOwnExpiry = async (): Promise<StartTaskContactCommandOutput> => {
        try {
          return await start(expiryAfter(lifeMs));
        } catch (error) {
          if (!(error instanceof InvalidParameterException) && !(error instanceof InvalidRequestException))
            throw error;
          const answer = await start();
          setback('Amazon Connect refused the expiry of a task, which ends after seven days', {
            contactId,
            error,
          });
          return answer;
        }
      };
      const { ContactId } = await awsCall('connect:StartTaskContact', withOwnExpiry());
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

/** ``, `_again`, `_again3`: the token of a second delivery is that of earlier versions. */
function roundSuffix(round: number): string {
  if (round === 1) return '';
  return round === 2 ? '_again' : `_again${round}`;
}

/** In whole minutes. Source: Amazon Connect API reference, StartTaskContact, SegmentAttributes. */
function expiryAfter(lifeMs: number) {
  const ExpiryDuration = { ValueInteger: Math.max(1, Math.floor(lifeMs / MINUTE_MS)) };
  return { 'connect:ContactExpiry': { ValueMap: { ExpiryDuration } } };
}
