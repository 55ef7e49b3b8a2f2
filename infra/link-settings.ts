import { z } from 'zod';
import { homeOf } from './arns.ts';
import { hasFunctionUrls } from './regions/offers.ts';

/** Where links to recordings can lead. */
export const LINK_HOSTS = ['function-url', 'api-gateway', 'own-domain', 'none'] as const;

export type LinkHost = (typeof LINK_HOSTS)[number];

/** Addresses that AWS gives, at which links can still open after others are sent. */
export const KEPT_LINK_HOSTS = ['function-url', 'api-gateway'] as const satisfies readonly LinkHost[];

type KeptLinkHost = (typeof KEPT_LINK_HOSTS)[number];

/** Small letters, at least two labels. Source: RFC 1035, 2.3.1; API Gateway takes 64 characters of a certificate's name. */
export const LINK_DOMAIN_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
export const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/;

/** Absent: what `defaultLinkHost` says, and nowhere else. */
export const linkSettingsSchema = z
  .strictObject({
    host: z.enum(LINK_HOSTS),
    domainName: z.string().regex(LINK_DOMAIN_NAME).exactOptional(),
    certificateArn: z.string().regex(CERTIFICATE_ARN).exactOptional(),
    alsoAt: z.array(z.enum(KEPT_LINK_HOSTS)).min(1).readonly().exactOptional(),
  })
  .readonly();

type LinkSettings = z.infer<typeof linkSettingsSchema>;

/** What each may be, in words for the administrator. */
export const LINK_SETTINGS_ALLOWED = {
  links:
    "{ host, domainName?, certificateArn?, alsoAt? }; leave it out for 'function-url', or for 'api-gateway' where AWS has no function URLs",
  'links.host': "'function-url', 'api-gateway', 'own-domain' or 'none'",
  'links.domainName':
    "with host 'own-domain', a host name of yours in small letters, such as 'voicemail.example.com'; else leave it out",
  'links.certificateArn':
    "with host 'own-domain', the ARN of a certificate for that name in AWS Certificate Manager, in the instance's account and Region, arn:aws:acm:<region>:<account>:certificate/<id>; else leave it out",
  'links.alsoAt':
    "a list of 'function-url' and 'api-gateway', other than host, at which links that were sent before still open; leave it out for none",
} as const satisfies Record<string, string>;

interface Decided {
  readonly instanceArn: string;
  readonly links?: LinkSettings | undefined;
}

/** Where new links lead. */
export function linkHostOf({ links, instanceArn }: Decided): LinkHost {
  return links?.host ?? (hasFunctionUrls(homeOf(instanceArn).region) ? 'function-url' : 'api-gateway');
}

/** Whether links, new ones or those sent before, open at an address that AWS gives. A domain name leads to the API. */
export function opensAt(address: KeptLinkHost, config: Decided): boolean {
  const host = linkHostOf(config);
  const isBehindDomain = host === 'own-domain' && address === 'api-gateway';
  return host === address || isBehindDomain || (config.links?.alsoAt ?? []).includes(address);
}

/** Whether links open anywhere: if not, nothing of the stack opens them. */
export function opensLinks(config: Decided): boolean {
  return KEPT_LINK_HOSTS.some((address) => opensAt(address, config));
}
