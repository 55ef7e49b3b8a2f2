import type { Look } from '../look.ts';
import { Unseen } from '../../aws/asker.ts';
import { outputOf, stack } from './stack.ts';

/** The answer of the address that links to recordings begin with. */
export type LinkAnswer =
  /** The function answered that this is no link, which is right. */
  | { readonly kind: 'answered' }
  /** AWS answered, and not the function. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly why: NetworkFailure; readonly code: string };

type NetworkFailure = 'name' | 'connection' | 'certificate' | 'time' | 'other';

/**
 * Asks for a page that is no link to a recording, so that nothing counts as opened or as refused. Undefined: there is
 * no stack, its first deployment failed, or it has no links.
 */
export async function linkAnswer(look: Look): Promise<LinkAnswer | undefined> {
  const deployed = await stack(look);
  if (deployed === undefined || outputOf(deployed, 'Version') === undefined) return undefined;
  const address = outputOf(deployed, 'LinkAddress');
  if (address === undefined && outputOf(deployed, 'LinkHost') !== undefined) return undefined;
  if (address === undefined) {
    throw new Unseen('the stack has no output LinkAddress: it was deployed by an older version');
  }
  return answerFrom(address, look.pagePatienceMs);
}

/** How the links of the stack are opened. */
export interface LinkPlace {
  /** As `links.host` has it. */
  readonly host: string;
  /** Where a domain name of one's own has to lead. */
  readonly domainTarget: string | undefined;
}

/** An older stack has a function URL. */
export async function linkPlace(look: Look): Promise<LinkPlace> {
  const deployed = await stack(look);
  const output = (key: string) => deployed && outputOf(deployed, key);
  return { host: output('LinkHost') ?? 'function-url', domainTarget: output('LinkDomainTarget') };
}

export async function answerFrom(address: string, patienceMs: number): Promise<LinkAnswer> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    // The function's own page is not for search engines; a refusal of AWS's says nothing about them.
    const isOurs = response.headers.get('x-robots-tag') !== null;
    return isOurs ? { kind: 'answered' } : { kind: 'refused', status: response.status };
  } catch (error) {
    const code = codeOf(error);
    return { kind: 'unreachable', why: failureOf(code), code };
  }
}

/** `ENOTFOUND`: the system's word, which fetch keeps in the cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0]);
  if (cause instanceof Error) return codeOf(cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function failureOf(code: string): NetworkFailure {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name';
  if (/TIMEOUT|TIMEDOUT|TimeoutError/.test(code)) return 'time';
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return 'certificate';
  return /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH)/.test(code) ? 'connection' : 'other';
}
