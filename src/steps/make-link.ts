import { linkToken, type LinkKey } from '../domain/link-token.ts';
import type { ClockPort } from './ports.ts';

export interface MakeLinkPorts extends ClockPort {
  /** The key to sign with first; others that may still have signed after it. */
  readonly linkKeys: () => Promise<readonly [LinkKey, ...LinkKey[]]>;
  /** Where `open-recording` listens, ending in a slash. */
  readonly baseUrl: string;
  readonly linkLifeMs: number;
}

/** The link to a contact's recording: short, and good for as long as recordings are kept. */
export async function makeLink(contactId: string, ports: MakeLinkPorts): Promise<string> {
  const [key] = await ports.linkKeys();
  const expiresAtMs = ports.now() + ports.linkLifeMs;
  return `${ports.baseUrl}r/${linkToken({ contactId, expiresAtMs }, key)}`;
}
