import type { Account } from '../../account.ts';
import { uuidOf } from '../../template/physical-name.ts';

/** Services whose own key an account has; `aws/kinesis` is the alias of the first one. */
export const AWS_MANAGED = ['kinesis', 'kinesisvideo', 's3', 'lambda', 'connect', 'sns', 'sqs'] as const;

/** The key of AWS that a service encrypts with in an account where nobody names another one. */
export function awsManagedKeyArn(
  service: (typeof AWS_MANAGED)[number],
  { partition, region, id }: Account,
): string {
  return `arn:${partition}:kms:${region}:${id}:key/${uuidOf(`${region}/${id}/aws/${service}`)}`;
}
