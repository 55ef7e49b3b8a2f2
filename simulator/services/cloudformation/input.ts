import { pageOf } from '../../page.ts';
import { invalid } from './stack.ts';

/** Source: CloudFormation API reference: a page of ListStacks, ListStackResources, DescribeStackResourceDrifts. */
const PAGE = 100;

/** The page that `NextToken` asks for, under the name that AWS gives the list. `size`: at most 100. */
export function listed(
  input: URLSearchParams,
  { name, of, items, size = PAGE }: { name: string; of: string; items: readonly unknown[]; size?: number },
): Readonly<Record<string, unknown>> {
  const page = pageOf(items, {
    of,
    token: input.get('NextToken') ?? undefined,
    size: Math.min(size, PAGE),
    invalid: () => invalid('The specified NextToken is invalid.'),
  });
  return {
    [name]: { member: page.items },
    ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
  };
}

/** A parameter that must be there. Throws AwsError ValidationError. */
export function requireParameter(input: URLSearchParams, name: string): string {
  const value = input.get(name);
  if (value !== null && value !== '') return value;
  throw invalid(
    `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
}
