import type { Check, Evidence, Finding } from '../../check.ts';
import { senderIdentities, type SenderIdentity, verifiedDomainAbove } from '../../facts/sender-identities.ts';
import type { Look } from '../../look.ts';
import { dnsRecordsOf } from './dkim-records.ts';

export const senderNotVerified: Check = {
  id: 'sender-not-verified',
  lane: 'mail',
  title: 'whether the sender of mails is verified in Amazon SES',
  async run(look) {
    const identities = await senderIdentities(look);
    if (identities.length === 0 || identities.some(({ found }) => found?.VerifiedForSendingStatus)) return [];
    const names = identities.map(({ name }) => name);
    const finding: Finding = {
      severity: 'warning',
      certainty: 'certain',
      what: `email.from is the sender of mails, and Amazon SES has not verified ${names.join(' or ')} in ${look.home.region}.`,
      suffers: 'Recipients: Amazon SES refuses every mail; each voicemail becomes a task, with a note.',
      evidence: identities.map(evidenceOf),
      remedy: await remedyFor(identities, look),
    };
    return [finding];
  },
};

function evidenceOf({ name, found }: SenderIdentity): Evidence {
  const status = found ? `VerificationStatus: ${found.VerificationStatus ?? 'unknown'}` : 'NotFoundException';
  return { api: 'ses:GetEmailIdentity', saw: `${name}: ${status}` };
}

async function remedyFor(identities: readonly SenderIdentity[], look: Look): Promise<string> {
  const pending = identities.find(({ found }) => found !== undefined);
  if (pending?.found?.IdentityType === 'EMAIL_ADDRESS') {
    return 'Follow the link in the mail that Amazon SES sent to that address. For another mail, delete the identity in the Amazon SES console, and create it again.';
  }
  if (pending?.found) {
    return `Add to the DNS of ${pending.name} ${dnsRecordsOf(pending.name, pending.found)}`;
  }
  const [domain = ''] = identities.map(({ name }) => name.slice(name.lastIndexOf('@') + 1));
  const above = await verifiedDomainAbove(domain, look);
  if (above !== undefined) {
    return `Amazon SES has verified ${above}, which ${domain} belongs to: set email.identity: '${above}' in the settings, and deploy.`;
  }
  return `Run "aws sesv2 create-email-identity --email-identity ${domain} --region ${look.home.region}", add the CNAME records of its answer to the DNS of ${domain}, and run this again.`;
}
