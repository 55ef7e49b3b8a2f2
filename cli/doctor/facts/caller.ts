import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Unseen } from '../../aws/asker.ts';
import { fact } from '../look.ts';

/** Whose credentials the calls are made with. */
interface CallerIdentity {
  readonly accountId: string;
  /** Of a user, of a role's session, of a federated user, or of the root user. It may name a person: never show it. */
  readonly arn: string;
}

export const caller = fact(async (look): Promise<CallerIdentity> => {
  const sts = look.client(STSClient);
  const { Account, Arn } = await look.ask('sts:GetCallerIdentity', () =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  if (Account === undefined || Arn === undefined) throw new Unseen('sts:GetCallerIdentity named nobody');
  return { accountId: Account, arn: Arn };
});
