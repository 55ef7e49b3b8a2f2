import { PermanentError } from './errors.ts';

/**
 * Parses JSON from outside. Throws PermanentError MALFORMED_EVENT, and leaves out
 * the cause: JSON.parse quotes its input, and the input is personal.
 */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new PermanentError('MALFORMED_EVENT', 'not JSON');
  }
}
