import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { badRequest, findText } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { typeOf } from '../sender-identities.ts';

const MOST_PER_PAGE = 1000;

/** Every address and domain of the account, and whether it may send. Filters are not simulated. */
export function listEmailIdentities({ identities }: SesParts): RestOperation {
  return {
    name: 'ListEmailIdentities',
    method: 'POST',
    path: '/v2/email/list-identities',
    needs: () => [{ action: 'ses:ListEmailIdentities', resource: '*' }],
    answer({ input }) {
      if (input['Filter'] !== undefined) {
        throw new AwsError('NotImplemented', 501, 'The simulator does not filter identities.');
      }
      const all = Object.entries(identities);
      const start = Number(findText(input, 'NextToken') ?? 0);
      if (!Number.isInteger(start) || start < 0 || start > all.length) {
        throw badRequest('NextToken is not valid.');
      }
      const size = Number(input['PageSize'] ?? MOST_PER_PAGE);
      const end = start + Math.min(size, MOST_PER_PAGE);
      return {
        EmailIdentities: all.slice(start, end).map(([name, isVerified]) => ({
          IdentityName: name,
          IdentityType: typeOf(name),
          SendingEnabled: isVerified,
          VerificationStatus: isVerified ? 'SUCCESS' : 'PENDING',
        })),
        ...(end < all.length && { NextToken: String(end) }),
      };
    },
  };
}
