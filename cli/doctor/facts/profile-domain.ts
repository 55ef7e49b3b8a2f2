import {
  CustomerProfilesClient,
  GetDomainCommand,
  ListIntegrationsCommand,
} from '@aws-sdk/client-customer-profiles';
import type { Look } from '../look.ts';

/** A domain with more is read in part. */
const MOST_PAGES = 10;

/** A domain of Customer Profiles. */
interface KnownDomain {
  /** What it gets its data from: ARNs of Amazon Connect instances, buckets, other applications. */
  readonly sources: readonly string[];
}

/** Undefined: there is no such domain in the Region. */
export async function profileDomain(DomainName: string, look: Look): Promise<KnownDomain | undefined> {
  const profiles = look.client(CustomerProfilesClient);
  try {
    await look.ask('profile:GetDomain', () => profiles.send(new GetDomainCommand({ DomainName })));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
  const sources: string[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const command = new ListIntegrationsCommand({ DomainName, NextToken: token });
    const page = await look.ask('profile:ListIntegrations', () => profiles.send(command));
    sources.push(...(page.Items ?? []).flatMap(({ Uri }) => Uri ?? []));
    token = page.NextToken;
    if (token === undefined) break;
  }
  return { sources };
}
