import { PermanentError } from '../domain/errors.ts';
import type { SetbackPort } from './ports.ts';

/**
 * Continues without a value that AWS refuses: returns the value of `work`, or `instead` after a
 * PermanentError, which is reported as a setback of this contact. Throws any other error.
 */
export async function unlessRefused<Found, Instead>(
  work: () => Promise<Found>,
  refusal: { readonly what: string; readonly contactId: string; readonly instead: Instead },
  { setback }: SetbackPort,
): Promise<Found | Instead> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    setback(refusal.what, { contactId: refusal.contactId, error });
    return refusal.instead;
  }
}
