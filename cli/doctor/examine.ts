import { RefusedError } from '../command.ts';
import type { Check, Outcome } from './check.ts';
import { Unseen } from '../aws/asker.ts';
import type { Look } from './look.ts';

/**
 * Runs all checks at once, and returns the result of each, in their order. One that fails says so and
 * keeps none of the others from looking, but for a precondition that found something: then its result is the
 * only one. Throws RefusedError if AWS cannot be asked at all.
 */
export async function examine(checks: readonly Check[], look: Look): Promise<readonly Outcome[]> {
  const preconditions = checks.filter(({ isPrecondition }) => isPrecondition);
  const first = await Promise.all(preconditions.map((check) => outcomeOf(check, look)));
  const unmet = first.filter((one) => one.kind === 'looked' && one.findings.length > 0);
  if (unmet.length > 0) return unmet;
  const others = checks.filter((check) => !check.isPrecondition);
  const outcomes = [...first, ...(await Promise.all(others.map((check) => outcomeOf(check, look))))];
  return outcomes.toSorted((a, b) => checks.indexOf(a.check) - checks.indexOf(b.check));
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
