import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { required } from '../input.ts';
import { describePolicy, requirePolicy } from '../managed-policies.ts';
import type { IamParts } from '../parts.ts';

/** A policy of AWS's own that roles of the account have. */
export function getPolicy({ identities: { account }, roles }: IamParts): QueryOperation {
  return {
    name: 'GetPolicy',
    needs: (input) => [{ action: 'iam:GetPolicy', resource: input.get('PolicyArn') ?? '*' }],
    answer(input) {
      const arn = required(input, 'PolicyArn');
      const attachments = roles.all().filter(({ attached }) => attached.includes(arn)).length;
      return { Policy: describePolicy(requirePolicy('GetPolicy', arn), account, attachments) };
    },
  };
}
