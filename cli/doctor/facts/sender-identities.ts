import {
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  type IdentityInfo,
  paginateListEmailIdentities,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { identitiesOf } from '../../../infra/email-settings.ts';
import { fact, type Look } from '../look.ts';

export type FoundIdentity = GetEmailIdentityResponse;

export interface SenderIdentity {
  /** A domain, or an address. */
  readonly name: string;
  /** Undefined: Amazon SES has no such identity. */
  readonly found: FoundIdentity | undefined;
}

/** The identities that the sender of the settings may belong to, in the order of the settings. */
export const senderIdentities = fact((look): Promise<readonly SenderIdentity[]> => {
  const { email } = look.config;
  return Promise.all((email ? identitiesOf(email) : []).map((name) => identityIn(name, look)));
});

async function identityIn(name: string, look: Look): Promise<SenderIdentity> {
  const ses = look.client(SESv2Client);
  const command = new GetEmailIdentityCommand({ EmailIdentity: name });
  try {
    return { name, found: await look.ask('ses:GetEmailIdentity', () => ses.send(command)) };
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return { name, found: undefined };
    throw error;
  }
}

/** The domain among the account's verified identities that a domain is below: `example.com` for `mail.example.com`. */
export async function verifiedDomainAbove(domain: string, look: Look): Promise<string | undefined> {
  const ses = look.client(SESv2Client);
  const all = await look.ask('ses:ListEmailIdentities', async () => {
    const found: IdentityInfo[] = [];
    for await (const page of paginateListEmailIdentities({ client: ses, pageSize: 1000 }, {})) {
      found.push(...(page.EmailIdentities ?? []));
    }
    return found;
  });
  return all.find(
    ({ IdentityName = '', SendingEnabled }) => SendingEnabled && domain.endsWith(`.${IdentityName}`),
  )?.IdentityName;
}
