import type { Look } from '../look.ts';

/** CloudFormation cuts a stack's name for names that it makes up: of 64 characters, so many are sure to stay. */
const SURE_CHARACTERS = 24;

/** What the names of the stack's functions and roles begin with. */
export function ownNamesBegin({ stackName }: Pick<Look, 'stackName'>): string {
  return stackName.length > SURE_CHARACTERS ? stackName.slice(0, SURE_CHARACTERS) : `${stackName}-`;
}
