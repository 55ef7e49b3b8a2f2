import { RefusedError } from '../command.ts';
import type { Check, Outcome } from './check.ts';
import { Unseen } from '../aws/asker.ts';
import type { Look } from './look.ts';

/**
 * Runs all checks at once, and returns the result of each, in their order. One that fails says so and
 * keeps none of the others from looking. Throws RefusedError if AWS cannot be asked at all.
 */
export function examine(checks: readonly Check[], look: Look): Promise<readonly Outcome[]> {
  return Promise.all(checks.map((check) => outcomeOf(check, look)));
}

async function outcomeOf(check: Check, look: Look): Promise<Outcome> {
  try {
    return { kind: 'looked', check, findings: await check.run(look) };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    if (error instanceof Unseen) {
      const { message: why, permission } = error;
      return { kind: 'cannot tell', check, why, ...(permission !== undefined && { permission }) };
    }
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: 'cannot tell', check, why };
  }
}
