import type { Identities } from '../../gateway/iam.ts';
import type { RoleBook } from './role-book.ts';

/** What the operations work on. */
export interface IamParts {
  readonly identities: Pick<Identities, 'account' | 'findPrincipal' | 'findRole'>;
  readonly roles: RoleBook;
}
