import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { onRole, required } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { describeRole } from '../role-book.ts';

/** GetRole, by name. ListRoles leaves out tags and boundary. Source: IAM API reference. */
export function getRole(parts: IamParts): QueryOperation {
  return {
    name: 'GetRole',
    needs: (input) => onRole('GetRole', input, parts),
    answer(input) {
      const role = parts.roles.require(required(input, 'RoleName'));
      const tags = Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }));
      return {
        Role: {
          ...describeRole(role, parts.identities.account),
          ...(role.boundary !== undefined && {
            PermissionsBoundary: {
              PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
              PermissionsBoundaryArn: role.boundary,
            },
          }),
          ...(tags.length > 0 && { Tags: { member: tags } }),
        },
      };
    },
  };
}
