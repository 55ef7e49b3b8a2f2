import type { Identities } from '../../gateway/iam.ts';

/** What the operations work on. */
export interface IamParts {
  readonly identities: Pick<Identities, 'account' | 'findPrincipal' | 'findRole'>;
}
