import { linkToken, type LinkKey } from '../domain/link-token.ts';

export interface MakeLinkPorts {
  readonly signingKey: () => Promise<LinkKey>;
  /** The URL of `open-recording`, ending in a slash. */
  readonly baseUrl: string;
  readonly linkLifeMs: number;
}

/**
 * The link to a contact's recording: short, and valid for the configured time from the end of the call. A
 * second call makes the same link, so that a second try of a delivery requests the same task.
 */
export async function makeLink(
  { contactId, endedAtMs }: { contactId: string; endedAtMs: number },
  ports: MakeLinkPorts,
): Promise<string> {
  const expiresAtMs = endedAtMs + ports.linkLifeMs;
  return `${ports.baseUrl}r/${linkToken({ contactId, expiresAtMs }, await ports.signingKey())}`;
}
