import { namesBeginOf } from '../../../infra/key-policy.ts';
import type { Look } from '../look.ts';

/** What the names of the stack's functions and roles begin with. */
export function ownNamesBegin({ stackName }: Pick<Look, 'stackName'>): string {
  return namesBeginOf(stackName);
}
