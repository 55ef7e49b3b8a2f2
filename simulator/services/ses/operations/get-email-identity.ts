import type { SesParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { sesArn } from '../configuration-sets.ts';
import { notFound } from '../input.ts';

/** Whether an address or domain can send. DKIM has the same status as the identity. */
export function getEmailIdentity({ account, identities }: SesParts): RestOperation {
  return {
    name: 'GetEmailIdentity',
    method: 'GET',
    path: '/v2/email/identities/{EmailIdentity}',
    needs: ({ params: { EmailIdentity: name = '' } }) => [
      { action: 'ses:GetEmailIdentity', resource: sesArn(account, 'identity', name) },
    ],
    answer({ params: { EmailIdentity: name = '' } }) {
      if (!Object.hasOwn(identities, name)) throw notFound(`Email identity ${name} does not exist.`);
      const isVerified = identities[name] === true;
      const status = isVerified ? 'SUCCESS' : 'PENDING';
      return {
        IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
        FeedbackForwardingStatus: true,
        VerifiedForSendingStatus: isVerified,
        VerificationStatus: status,
        DkimAttributes: { SigningEnabled: isVerified, Status: status },
        Policies: {},
        Tags: [],
      };
    },
  };
}
