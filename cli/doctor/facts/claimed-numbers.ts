import {
  ConnectClient,
  ListPhoneNumbersV2Command,
  paginateListPhoneNumbersV2,
} from '@aws-sdk/client-connect';
import type { Look } from '../look.ts';
import { everyPage } from './every-page.ts';

/** Whether the instance has a telephone number. Asks for one only, and keeps none. */
export async function isAnyNumberClaimed(look: Look): Promise<boolean> {
  const command = new ListPhoneNumbersV2Command({ TargetArn: look.config.instanceArn, MaxResults: 1 });
  const connect = look.client(ConnectClient);
  const answer = await look.ask('connect:ListPhoneNumbersV2', () => connect.send(command));
  return (answer.ListPhoneNumbersSummaryList ?? []).length > 0;
}

/** The last four digits of the instance's numbers, by the ARN of the number. */
export async function lastDigitsOfNumbers(look: Look): Promise<ReadonlyMap<string, string>> {
  const paging = { client: look.client(ConnectClient), pageSize: 1000 };
  const asked = { TargetArn: look.config.instanceArn };
  const pages = await everyPage(
    look,
    'connect:ListPhoneNumbersV2',
    paginateListPhoneNumbersV2(paging, asked),
  );
  return new Map(
    pages
      .flatMap(({ ListPhoneNumbersSummaryList = [] }) => ListPhoneNumbersSummaryList)
      .map(({ PhoneNumberArn = '', PhoneNumber = '' }) => [PhoneNumberArn, PhoneNumber.slice(-4)]),
  );
}
