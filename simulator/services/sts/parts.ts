import type { Clock } from '../../clock.ts';
import type { Identities } from '../../gateway/iam.ts';

/** What the operations work on. */
export interface StsParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly identities: Pick<Identities, 'account' | 'assume' | 'find'>;
  /** The unique id of a user or a role, as IAM has it. */
  readonly principalId: (prefix: 'AIDA' | 'AROA', words: string) => string;
}
