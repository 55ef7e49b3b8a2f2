import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import { onRole, required } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { encoded, nameOf } from '../role-book.ts';

/** A policy in a role. */
export function getRolePolicy(parts: IamParts): QueryOperation {
  return {
    name: 'GetRolePolicy',
    needs: (input) => onRole('GetRolePolicy', input, parts),
    answer(input) {
      const role = parts.roles.require(required(input, 'RoleName'));
      const name = required(input, 'PolicyName');
      const document = Object.hasOwn(role.inline, name) ? role.inline[name] : undefined;
      if (document === undefined) {
        throw new AwsError('NoSuchEntity', 404, `The role policy with name ${name} cannot be found.`);
      }
      return { RoleName: nameOf(role), PolicyName: name, PolicyDocument: encoded(document) };
    },
  };
}
