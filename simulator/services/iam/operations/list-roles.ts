import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { onRoles, pageOf } from '../input.ts';
import type { IamParts } from '../parts.ts';
import { describeRole, pathOf } from '../role-book.ts';

/** The roles of the account, by name, or those below a path. */
export function listRoles({ identities: { account }, roles }: IamParts): QueryOperation {
  return {
    name: 'ListRoles',
    needs: (input) => onRoles('ListRoles', prefixIn(input), account),
    answer(input) {
      const prefix = prefixIn(input);
      const found = roles.all().filter((role) => pathOf(role).startsWith(prefix));
      const { items, rest } = pageOf(found, input, `roles ${prefix}`);
      return { Roles: { member: items.map((role) => describeRole(role, account)) }, ...rest };
    },
  };
}

function prefixIn(input: URLSearchParams): string {
  return input.get('PathPrefix') ?? '/';
}
