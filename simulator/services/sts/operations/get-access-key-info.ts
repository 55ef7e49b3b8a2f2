import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import type { StsParts } from '../parts.ts';

/** GetAccessKeyInfo: the account of an access key. Source: AWS STS API reference. */
export function getAccessKeyInfo({ identities }: StsParts): QueryOperation {
  return {
    name: 'GetAccessKeyInfo',
    needs: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*' }],
    answer(input) {
      const key = input.get('AccessKeyId') ?? '';
      const found = /^\w{16,128}$/.test(key) ? identities.find(key) : undefined;
      if (found) return { Account: found.caller.accountId };
      throw new AwsError('ValidationError', 400, 'Invalid value for parameter AccessKeyId');
    },
  };
}
