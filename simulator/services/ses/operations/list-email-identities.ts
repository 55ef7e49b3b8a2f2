import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { pageIn } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { typeOf } from '../sender-identities.ts';

const MOST_PER_PAGE = 1000;

/** Every address and domain of the account, and whether it may send. Filters are not simulated. */
export function listEmailIdentities({ identities }: SesParts): RestOperation {
  return {
    name: 'ListEmailIdentities',
    method: 'POST',
    path: '/v2/email/list-identities',
    alsoAt: { method: 'GET', path: '/v2/email/identities' },
    needs: () => [{ action: 'ses:ListEmailIdentities', resource: '*' }],
    answer(call) {
      if (call.input['Filter'] !== undefined) {
        throw new AwsError('NotImplemented', 501, 'The simulator does not filter identities.');
      }
      const { items, told } = pageIn(Object.entries(identities), call, {
        of: 'identities',
        most: MOST_PER_PAGE,
      });
      return {
        EmailIdentities: items.map(([name, isVerified]) => ({
          IdentityName: name,
          IdentityType: typeOf(name),
          SendingEnabled: isVerified,
          VerificationStatus: isVerified ? 'SUCCESS' : 'PENDING',
        })),
        ...told,
      };
    },
  };
}
