import { AwsError } from '../../../service.ts';
import { mergeAttributes } from '../contacts/attributes.ts';

/** Adds attributes to a contact, all or none. Returns false if they are too many bytes. */
export function wroteAttributes(present: Map<string, string>, added: ReadonlyMap<string, string>): boolean {
  try {
    mergeAttributes(present, added);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
