import type { Check, Finding } from '../../check.ts';
import { type FoundIdentity, senderIdentities } from '../../facts/sender-identities.ts';
import { dnsRecordsOf } from './dkim-records.ts';

const API = 'ses:GetEmailIdentity';

export const senderAuthentication: Check = {
  id: 'sender-authentication',
  lane: 'mail',
  title: 'whether mail servers can tell that mails are from their sender',
  async run(look) {
    const verified = (await senderIdentities(look)).flatMap(({ name, found }) =>
      found?.VerifiedForSendingStatus ? [{ name, found }] : [],
    );
    // The first is the domain, which signs for its addresses as well.
    const [identity] = verified;
    if (!identity) return [];
    return [...unsigned(identity), ...mailFrom(identity)];
  },
};

interface Verified {
  readonly name: string;
  readonly found: FoundIdentity;
}

function unsigned({ name, found }: Verified): readonly Finding[] {
  const { SigningEnabled, Status } = found.DkimAttributes ?? {};
  if (SigningEnabled === true && Status === 'SUCCESS') return [];
  const common = {
    severity: 'warning',
    certainty: 'certain',
    suffers: 'Recipients: their mail servers may take the mails for spam, or refuse them.',
    evidence: [{ api: API, saw: `${name}: SigningEnabled: ${SigningEnabled}, DKIM status: ${Status}` }],
  } as const;
  if (found.IdentityType === 'EMAIL_ADDRESS') {
    return [
      {
        ...common,
        what: 'The sender is verified as an address and not by its domain, so mails bear no DKIM signature of the domain.',
        remedy: 'Amazon SES console, Identities, Create identity, Domain: verify the domain of email.from.',
      },
    ];
  }
  if (Status === 'NOT_STARTED' || SigningEnabled !== true) {
    return [
      {
        ...common,
        what: `Mails from ${name} are not signed: DKIM is off.`,
        remedy: `Amazon SES console, Identities, ${name}, DomainKeys Identified Mail (DKIM), Edit: Easy DKIM, DKIM signatures Enabled. Then run this again for the DNS records.`,
      },
    ];
  }
  return [
    {
      ...common,
      what: `Mails from ${name} are not signed by DKIM, as Amazon SES does not find the domain's DNS records: ${Status}.`,
      remedy: `Add to the DNS of ${name} ${dnsRecordsOf(name, found)}`,
    },
  ];
}

function mailFrom({ name, found }: Verified): readonly Finding[] {
  const {
    MailFromDomain,
    MailFromDomainStatus: status,
    BehaviorOnMxFailure,
  } = found.MailFromAttributes ?? {};
  if (MailFromDomain === undefined || status === 'SUCCESS') return [];
  const isRefused = BehaviorOnMxFailure === 'REJECT_MESSAGE';
  return [
    {
      severity: isRefused ? 'warning' : 'note',
      certainty: 'certain',
      what: `The MAIL FROM domain ${MailFromDomain} of ${name} is not ready: ${status}.`,
      suffers: isRefused
        ? 'Recipients: Amazon SES refuses the mails until it is; each voicemail becomes a task, with a note.'
        : 'Nobody: Amazon SES uses a domain of its own until it is.',
      evidence: [
        { api: API, saw: `MailFromDomainStatus: ${status}, BehaviorOnMxFailure: ${BehaviorOnMxFailure}` },
      ],
      remedy: `Add the MX and TXT records to the DNS of ${MailFromDomain} that the Amazon SES console shows: Identities, ${name}, Custom MAIL FROM domain.`,
    },
  ];
}
