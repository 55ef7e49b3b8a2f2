import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Unseen } from '../../aws/asker.ts';
import { fact } from '../look.ts';

/** How many functions may run at once in the account and Region. */
interface LambdaConcurrency {
  readonly most: number;
  /** What no function has reserved for itself. */
  readonly unreserved: number;
}

export const lambdaConcurrency = fact(async (look): Promise<LambdaConcurrency> => {
  const lambda = look.client(LambdaClient);
  const { AccountLimit } = await look.ask('lambda:GetAccountSettings', () =>
    lambda.send(new GetAccountSettingsCommand({})),
  );
  const { ConcurrentExecutions: most, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
  if (most === undefined || unreserved === undefined) {
    throw new Unseen('lambda:GetAccountSettings gave no limits');
  }
  return { most, unreserved };
});
