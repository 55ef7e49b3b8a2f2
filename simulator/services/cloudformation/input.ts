import { pageOf } from '../../page.ts';
import { validationError } from '../../stacks/errors.ts';

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
    invalid: () => validationError('The specified NextToken is invalid.'),
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
  throw validationError(
    `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A list of structures: `Tags.member.1.Key=…&Tags.member.1.Value=…`. */
export function structuresIn(
  input: URLSearchParams,
  name: string,
): readonly Readonly<Record<string, string | undefined>>[] {
  const found = new Map<string, Record<string, string>>();
  const prefix = `${name}.member.`;
  for (const [key, value] of input) {
    if (!key.startsWith(prefix)) continue;
    const [index = '', member = ''] = key.slice(prefix.length).split('.');
    found.set(index, { ...found.get(index), [member]: value });
  }
  return [...found.entries()].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);
}
