import { ConnectClient, StopContactCommand } from '@aws-sdk/client-connect';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

export interface OpenTasks {
  /** Ends a task. False if it had ended, or Amazon Connect does not know it any more. Throws RefusedError, in words. */
  readonly end: (taskId: string) => Promise<boolean>;
}

/** Source: Amazon Connect API reference, StopContact. */
const OVER: ReadonlySet<string> = new Set(['ContactNotFoundException', 'ResourceNotFoundException']);

export function openTasks(instanceArn: string, place: AskedPlace): OpenTasks {
  const connect = new ConnectClient({ ...place, ...PATIENT });
  const InstanceId = instanceArn.slice(instanceArn.lastIndexOf('/') + 1);
  return {
    end: (ContactId) =>
      askAws('connect:StopContact', place, async () => {
        try {
          await connect.send(new StopContactCommand({ InstanceId, ContactId }));
          return true;
        } catch (error) {
          if (error instanceof Error && OVER.has(nameOf(error) ?? '')) return false;
          throw error;
        }
      }),
  };
}
