import { createHash } from 'node:crypto';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { sesArn } from '../configuration-sets.ts';
import { notFound } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { type IdentityDetails, typeOf } from '../sender-identities.ts';

/** Whether an address or domain can send, and the status of its DKIM and of its MAIL FROM domain. */
export function getEmailIdentity({ account, identities, rules }: SesParts): RestOperation {
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
      const isDomain = typeOf(name) === 'DOMAIN';
      const { dkim = isDomain ? status : 'off', mailFrom } = rules.identityDetails?.[name] ?? {};
      return {
        IdentityType: typeOf(name),
        FeedbackForwardingStatus: true,
        VerifiedForSendingStatus: isVerified,
        VerificationStatus: status,
        DkimAttributes: dkimOf(name, dkim),
        ...(mailFrom && { MailFromAttributes: mailFromOf(mailFrom) }),
        Policies: {},
        Tags: [],
      };
    },
  };
}

/** Easy DKIM has three tokens. The zone is the one that Regions without a zone of their own have. */
function dkimOf(name: string, state: NonNullable<IdentityDetails['dkim']>) {
  if (state === 'off') {
    return { SigningEnabled: false, Status: 'NOT_STARTED', SigningAttributesOrigin: 'AWS_SES' };
  }
  return {
    SigningEnabled: true,
    Status: state,
    Tokens: [1, 2, 3].map((number) => tokenOf(`${name}/${number}`)),
    SigningHostedZone: 'dkim.amazonses.com',
    SigningAttributesOrigin: 'AWS_SES',
    CurrentSigningKeyLength: 'RSA_2048_BIT',
    NextSigningKeyLength: 'RSA_2048_BIT',
  };
}

/** 32 small letters and digits, always the same. */
function tokenOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function mailFromOf({ domain, status, isRequired = false }: NonNullable<IdentityDetails['mailFrom']>) {
  return {
    MailFromDomain: domain,
    MailFromDomainStatus: status,
    BehaviorOnMxFailure: isRequired ? 'REJECT_MESSAGE' : 'USE_DEFAULT_VALUE',
  };
}
