import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { principalId } from '../iam/principal-id.ts';
import { stsOperations } from './operations.ts';

/**
 * AWS Security Token Service: it says who calls.
 *
 * Not simulated: assuming roles. A function's session is made when its stack is deployed.
 */
export function createSts(): { readonly service: Service } {
  return {
    service: queryService({
      name: 'sts',
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      operations: stsOperations({ principalId }),
    }),
  };
}
