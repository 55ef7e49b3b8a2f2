import { AwsError } from '../../../service.ts';
import { mergeAttributes } from '../contacts/attributes.ts';

/** Adds attributes to a contact's, all or none. Answers false where they would be too much. */
export function wroteAttributes(present: Map<string, string>, added: ReadonlyMap<string, string>): boolean {
  try {
    mergeAttributes(present, added);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
