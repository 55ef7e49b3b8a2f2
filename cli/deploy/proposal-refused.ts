import { refusalOf } from '../aws/ask-aws.ts';
import { RefusedError } from '../command.ts';
import { InterruptedError } from '../interruption.ts';
import type { Look } from '../doctor/look.ts';

/**
 * What the toolkit threw when it published and had a change set made, in words. What AWS says lies within it, as deep
 * as the toolkit wraps it.
 */
export function proposalRefused(error: unknown, { home, place }: Look): unknown {
  if (!(error instanceof Error) || error instanceof InterruptedError) return error;
  for (const cause of causesOf(error)) {
    if (cause.name === 'BootstrapError' || /bootstrap/i.test(cause.message)) {
      const account = `${home.accountId}/${home.region}`;
      return refused(
        `the account is not prepared for CDK, or an older version has prepared it: npx cdk bootstrap aws://${account}`,
        error,
      );
    }
    const words = refusalOf(cause, 'cloudformation:CreateChangeSet', place);
    if (words instanceof RefusedError) return refused(words.message, error);
  }
  return refused(error.message, error);
}

function refused(why: string, cause: Error): RefusedError {
  return new RefusedError(`nothing was changed: ${why}`, { cause });
}

/** The innermost one first. */
function causesOf(error: Error): readonly Error[] {
  return error.cause instanceof Error ? [...causesOf(error.cause), error] : [error];
}
