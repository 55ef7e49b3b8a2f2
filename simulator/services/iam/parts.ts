import type { Clock } from '../../clock.ts';
import type { Identities } from '../../gateway/iam.ts';
import type { PolicyBook } from './policy-book.ts';
import type { RoleBook } from './role-book.ts';

/** What the operations work on. */
export interface IamParts {
  readonly identities: Pick<Identities, 'account' | 'findPrincipal' | 'findRole'>;
  readonly clock: Clock;
  readonly policies: PolicyBook;
  readonly roles: RoleBook;
}
