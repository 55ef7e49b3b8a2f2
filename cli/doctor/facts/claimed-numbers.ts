import { ConnectClient, ListPhoneNumbersV2Command } from '@aws-sdk/client-connect';
import type { Look } from '../look.ts';

/** Whether the instance has a telephone number. Asks for one only, and keeps none. */
export async function isAnyNumberClaimed(look: Look): Promise<boolean> {
  const command = new ListPhoneNumbersV2Command({ TargetArn: look.config.instanceArn, MaxResults: 1 });
  const connect = look.client(ConnectClient);
  const answer = await look.ask('connect:ListPhoneNumbersV2', () => connect.send(command));
  return (answer.ListPhoneNumbersSummaryList ?? []).length > 0;
}
