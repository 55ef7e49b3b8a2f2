import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import { required } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { encoded } from '../role-book.ts';

/** What a policy says: here each has one version. */
export function getPolicyVersion({ policies }: IamParts): QueryOperation {
  return {
    name: 'GetPolicyVersion',
    needs: (input) => [{ action: 'iam:GetPolicyVersion', resource: input.get('PolicyArn') ?? '*' }],
    answer(input) {
      const arn = required(input, 'PolicyArn');
      const { version, document, madeAt } = policies.require('GetPolicyVersion', arn);
      const wanted = required(input, 'VersionId');
      if (wanted !== version) {
        const message = `Policy ${arn} version ${wanted} does not exist or is not attachable.`;
        throw new AwsError('NoSuchEntity', 404, message);
      }
      return {
        PolicyVersion: {
          Document: encoded(document),
          VersionId: version,
          IsDefaultVersion: true,
          CreateDate: madeAt,
        },
      };
    },
  };
}
