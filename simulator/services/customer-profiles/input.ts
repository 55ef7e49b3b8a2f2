import type { RestCall } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { ProfileDomain } from '../../world/account-state.ts';
import type { CustomerProfilesParts } from './parts.ts';

/** When everything in a domain was made. */
export const MADE_S = Date.UTC(2026, 0, 1) / 1000;

const MOST_RESULTS = 100;
const USUAL_RESULTS = 20;

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', 400, message);
}

/** The domain that a path names. Throws BadRequestException, ResourceNotFoundException. */
export function requireDomain(
  { DomainName: wanted = '' }: RestCall['params'],
  { domains }: CustomerProfilesParts,
): ProfileDomain {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(wanted)) throw badRequest('DomainName is not valid.');
  const domain = domains.find(({ name }) => name === wanted);
  if (!domain) throw new AwsError('ResourceNotFoundException', 404, `Domain ${wanted} not found`);
  return domain;
}

/** An action on a domain. Source: Service Authorization Reference, Amazon Connect Customer Profiles. */
export function onDomain(action: string, { account }: CustomerProfilesParts) {
  const { partition, region, id } = account;
  return ({ params }: RestCall): readonly Permission[] => [
    {
      action: `profile:${action}`,
      resource: `arn:${partition}:profile:${region}:${id}:domains/${params['DomainName'] ?? ''}`,
    },
  ];
}

/** A page of a list: `next-token` and `max-results`. */
export function listed(query: URLSearchParams, { of, items }: { of: string; items: readonly unknown[] }) {
  const size = Number(query.get('max-results') ?? USUAL_RESULTS);
  if (!Number.isInteger(size) || size < 1 || size > MOST_RESULTS) {
    throw badRequest(`MaxResults must be 1 to ${MOST_RESULTS}.`);
  }
  const token = query.get('next-token') ?? undefined;
  const page = pageOf(items, { of, token, size, invalid: () => badRequest('NextToken is not valid.') });
  return { Items: page.items, ...(page.nextToken !== undefined && { NextToken: page.nextToken }) };
}
