import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { iamOperations } from './operations.ts';
import type { IamParts } from './parts.ts';

/**
 * AWS Identity and Access Management, as far as it says what somebody may do.
 *
 * Not simulated: everything that makes or changes users, roles and policies; policies as documents. A stack's
 * roles are made when it is deployed.
 */
export function createIam(parts: IamParts): { readonly service: Service } {
  return {
    service: queryService({
      name: 'iam',
      version: '2010-05-08',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      operations: iamOperations(parts),
    }),
  };
}
