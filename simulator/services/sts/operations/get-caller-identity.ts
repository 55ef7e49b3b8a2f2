import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import type { StsParts } from '../parts.ts';

/** GetCallerIdentity. Nobody needs a permission for it. Source: AWS STS API reference. */
export function getCallerIdentity({ principalId }: StsParts): QueryOperation {
  return {
    name: 'GetCallerIdentity',
    needs: () => [],
    answer: (_, { caller: { accountId, arn } }) => ({
      UserId: userIdOf(arn, accountId, principalId),
      Account: accountId,
      Arn: arn,
    }),
  };
}

/** `AIDA…` of a user, `AROA…:<session>` of a role, `<account>:<name>` of a federated user, the account of its root user. */
function userIdOf(arn: string, accountId: string, principalId: StsParts['principalId']): string {
  const [type = '', ...names] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  switch (type) {
    case 'root':
      return accountId;
    case 'federated-user':
      return `${accountId}:${names.join('/')}`;
    case 'assumed-role':
      return `${principalId('AROA', `${accountId}/${names[0]}`)}:${names.at(-1)}`;
    default:
      return principalId('AIDA', arn);
  }
}
