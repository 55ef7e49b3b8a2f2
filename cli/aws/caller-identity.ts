import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Asker, Unseen } from './asker.ts';

/** Whose credentials calls are made with. */
interface CallerIdentity {
  readonly accountId: string;
  /** Of a user, of a role's session, of a federated user, or of the root user. It can name a person. */
  readonly arn: string;
}

/** Throws Unseen if AWS names nobody, and as `ask` does. */
export async function callerIdentity({ client, ask }: Asker): Promise<CallerIdentity> {
  const sts = client(STSClient);
  const { Account, Arn } = await ask('sts:GetCallerIdentity', () =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  if (Account === undefined || Arn === undefined) throw new Unseen('sts:GetCallerIdentity named nobody');
  return { accountId: Account, arn: Arn };
}
