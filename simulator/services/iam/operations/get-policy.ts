import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { required } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { describePolicy } from '../policy-book.ts';

/** A policy of AWS's own, or of the account. */
export function getPolicy({ policies, roles }: IamParts): QueryOperation {
  return {
    name: 'GetPolicy',
    needs: (input) => [{ action: 'iam:GetPolicy', resource: input.get('PolicyArn') ?? '*' }],
    answer(input) {
      const arn = required(input, 'PolicyArn');
      const attachments = roles.all().filter(({ attached }) => attached.includes(arn)).length;
      return { Policy: describePolicy(policies.require('GetPolicy', arn), arn, attachments) };
    },
  };
}
