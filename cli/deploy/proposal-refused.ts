import { bootstrapOf } from '../../infra/bootstrap-settings.ts';
import { refusalOf } from '../aws/ask-aws.ts';
import { RefusedError } from '../command.ts';
import { InterruptedError } from '../interruption.ts';
import type { Look } from '../doctor/look.ts';

/**
 * What the toolkit threw when it published and had a change set made, in words. What AWS says lies within it, as deep
 * as the toolkit wraps it.
 */
export function proposalRefused(error: unknown, { config, place }: Look): unknown {
  if (!(error instanceof Error) || error instanceof InterruptedError) return error;
  for (const cause of causesOf(error)) {
    if (cause.name === 'BootstrapError' || /bootstrap/i.test(cause.message)) {
      const { qualifier, command } = bootstrapOf(config);
      const named = config.bootstrap?.qualifier === undefined ? '' : ` with the qualifier ${qualifier}`;
      return refused(
        `the account is not prepared for CDK${named}, or an older version has prepared it: ${command}`,
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
