import type { Clock } from '../../clock.ts';
import type { Identities } from '../../gateway/iam.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { principalId } from '../iam/principal-id.ts';
import { stsOperations } from './operations.ts';

/**
 * AWS Security Token Service: it says who calls, and gives sessions of roles that trust the account.
 *
 * Not simulated: session policies and tags, federation, web identities, sessions of users, encoded messages.
 */
export function createSts({
  clock,
  identities,
}: {
  clock: Pick<Clock, 'now'>;
  identities: Pick<Identities, 'account' | 'assume' | 'find'>;
}): { readonly service: Service } {
  return {
    service: queryService({
      name: 'sts',
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      operations: stsOperations({ clock, identities, principalId }),
    }),
  };
}
