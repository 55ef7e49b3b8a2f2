import { linkToken, type LinkKey } from '../domain/link-token.ts';

export interface MakeLinkPorts {
  readonly signingKey: () => Promise<LinkKey>;
  /** Where `open-recording` listens, ending in a slash. */
  readonly baseUrl: string;
  readonly linkLifeMs: number;
}

/**
 * The link to a contact's recording: short, and good for as long as is configured
 * from the end of the call on. Asked again it is the same link, so that a delivery
 * tried twice asks for the same task twice.
 */
export async function makeLink(
  { contactId, endedAtMs }: { contactId: string; endedAtMs: number },
  ports: MakeLinkPorts,
): Promise<string> {
  const expiresAtMs = endedAtMs + ports.linkLifeMs;
  return `${ports.baseUrl}r/${linkToken({ contactId, expiresAtMs }, await ports.signingKey())}`;
}
