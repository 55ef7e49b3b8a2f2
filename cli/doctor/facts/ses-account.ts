import { GetAccountCommand, type GetAccountResponse, SESv2Client } from '@aws-sdk/client-sesv2';
import { fact } from '../look.ts';

export type SesAccount = GetAccountResponse;

/** What Amazon SES lets the account send in this Region. */
export const sesAccount = fact((look): Promise<SesAccount> => {
  const ses = look.client(SESv2Client);
  return look.ask('ses:GetAccount', () => ses.send(new GetAccountCommand({})));
});
