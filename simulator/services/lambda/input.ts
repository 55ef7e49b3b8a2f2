import { AwsError } from '../../service.ts';
import type { DescribableFunction } from './foreign-functions.ts';
import type { LambdaParts } from './parts.ts';

/** The function that a path names, by its name or ARN. Throws AwsError ResourceNotFoundException. */
export function requireDescribable(
  { FunctionName: wanted = '' }: Readonly<Record<string, string>>,
  { describable, account }: Pick<LambdaParts, 'describable' | 'account'>,
): DescribableFunction {
  const found = describable().find(({ name, arn }) => name === wanted || arn === wanted);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 404, `Function not found: ${arnFor(wanted, account)}`, {
    Type: 'User',
  });
}

/** The ARN that a function of that name has, or would have. */
export function arnFor(nameOrArn: string, { partition, region, id }: LambdaParts['account']): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${partition}:lambda:${region}:${id}:function:${nameOrArn}`;
}
