/** The parts of a text that a network or a contact flow gives as a caller's number. */
export interface CallerAddress {
  /** `sip` for `sips` too; absent if the text has none. */
  readonly scheme?: 'sip' | 'tel' | undefined;
  /** The display name; may be empty. */
  readonly name: string;
  /** The part before host and parameters: in most cases the number. */
  readonly subscriber: string;
  /** Lower case, without port; absent if there is none. */
  readonly host?: string | undefined;
  /**
   * Parameters of the subscriber: `ext`, `isub`, `phone-context`; `ext` also from after the host. Names are
   * in lower case.
   */
  readonly params: ReadonlyMap<string, string>;
}

/** `"Ana" <sip:…>;tag=1`, `Ana <…>`, `<…>` */
const NAME_AND_ADDRESS = /^(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^"<>]*))\s*<(?<address>[^<>]*)>[^<>]*$/;
/** Two slashes are not allowed there, but some programs write them. */
const SCHEME = /^(sips?|tel):(?:\/\/)?/i;
/** Those without a value are named: `;p123` and `;x5` are pauses and what is dialed after them. */
const NAMED_PARAM = /;(?=[A-Za-z][\w-]*=|(?:npdi|enumdi|user|lr)(?:;|$))/i;

/**
 * Separates a number from the text around it: a name, a scheme, a host, parameters. Percent-encoding is
 * decoded. Text that is not an address is its own subscriber.
 *
 * Source: RFC 3261, 20.10 (name and address), 19.1 (SIP); RFC 3966 (tel). A SIP address carries
 * the parameters of a telephone number before its @ (RFC 3261, 19.1.6).
 */
export function callerAddress(text: string): CallerAddress {
  const { quoted, bare = '', address = text } = NAME_AND_ADDRESS.exec(text)?.groups ?? {};
  const name = (quoted?.replaceAll(/\\(.)/g, '$1') ?? bare).trim();
  const [found = '', given] = SCHEME.exec(address.trim()) ?? [];
  const scheme = given === undefined ? undefined : given.toLowerCase() === 'tel' ? 'tel' : 'sip';
  const rest = address.trim().slice(found.length);
  const at = scheme === 'tel' ? -1 : rest.lastIndexOf('@');
  // Without a user, a SIP address has its host there, followed by its own parameters.
  const user = at < 0 ? withoutHeaders(rest, scheme) : withoutPassword(rest.slice(0, at), scheme);
  const ofUser = subscriberIn(user);
  // An exchange can put an extension after the host, where it is not a part of the number.
  const params = new Map([...(at < 0 ? [] : paramsBehindHost(rest.slice(at + 1))), ...ofUser.params]);
  const { subscriber } = ofUser;
  const host = at < 0 ? undefined : (/^[^:;?>\s]*/.exec(rest.slice(at + 1))?.[0] ?? '').toLowerCase();
  return { scheme, name, subscriber, host, params };
}

function withoutHeaders(rest: string, scheme: CallerAddress['scheme']): string {
  return scheme === 'sip' ? (rest.split('?')[0] ?? '') : rest;
}

/** `user:password@host`: nobody should read it. */
function withoutPassword(user: string, scheme: CallerAddress['scheme']): string {
  return scheme === 'sip' ? user.replace(/:[^;]*$/, '') : user;
}

function paramsBehindHost(hostPart: string): [string, string][] {
  const [, value] = /[;?&]ext(?:ension)?=([^;?&]*)/i.exec(hostPart) ?? [];
  return value ? [['ext', unescaped(value)]] : [];
}

function subscriberIn(text: string): Pick<CallerAddress, 'subscriber' | 'params'> {
  const [subscriber = '', ...params] = text.split(NAMED_PARAM);
  const pairs = params.map((param): [string, string] => {
    const [name = '', ...value] = param.split('=');
    return [name.toLowerCase(), unescaped(value.join('='))];
  });
  return { subscriber: unescaped(subscriber).trim(), params: new Map(pairs) };
}

/** Returns the text unchanged if it is not percent-encoded. */
function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
