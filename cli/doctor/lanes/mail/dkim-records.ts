import type { FoundIdentity } from '../../facts/sender-identities.ts';

/**
 * What must stand in a domain's DNS, as an end of a sentence: three CNAME records for Easy DKIM, one a line.
 * Their zone differs by Region, so it is taken from SES's answer only.
 * Source: SES API v2 reference, DkimAttributes.
 */
export function dnsRecordsOf(domain: string, { DkimAttributes: dkim = {} }: FoundIdentity): string {
  const { Tokens = [], SigningHostedZone: zone, SigningAttributesOrigin: origin } = dkim;
  if (origin === 'EXTERNAL') {
    return `the TXT record of your own key: ${Tokens.map((selector) => `${selector}._domainkey.${domain}`).join(', ')}.`;
  }
  if (zone === undefined || Tokens.length === 0) {
    return `the CNAME records that the Amazon SES console shows: Identities, ${domain}, DomainKeys Identified Mail (DKIM).`;
  }
  const records = Tokens.map((token) => `${token}._domainkey.${domain} CNAME ${token}.${zone}`);
  return ['these CNAME records:', ...records].join('\n');
}
