import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import type { IamParts } from '../parts.ts';
import { principalId } from '../principal-id.ts';

/** When each role was made: nobody here looks at it. */
const MADE_AT = '2026-01-01T00:00:00Z';

/** GetRole, by name. Who may assume the role is not known here: everybody in the account. Source: IAM API reference. */
export function getRole({ identities: { account, findRole } }: IamParts): QueryOperation {
  const { partition, id } = account;
  return {
    name: 'GetRole',
    needs(input) {
      const name = input.get('RoleName') ?? '';
      const resource = findRole(name)?.arn ?? `arn:${partition}:iam::${id}:role/${name}`;
      return [{ action: 'iam:GetRole', resource }];
    },
    answer(input) {
      const name = input.get('RoleName') ?? '';
      const role = findRole(name);
      if (!role) throw new AwsError('NoSuchEntity', 404, `The role with name ${name} cannot be found.`);
      const trust = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:${partition}:iam::${id}:root` },
            Action: 'sts:AssumeRole',
          },
        ],
      };
      return {
        Role: {
          Path: role.arn.slice(role.arn.indexOf('/'), role.arn.lastIndexOf('/') + 1),
          RoleName: name,
          RoleId: principalId('AROA', `${id}/${name}`),
          Arn: role.arn,
          CreateDate: MADE_AT,
          AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
        },
      };
    },
  };
}
