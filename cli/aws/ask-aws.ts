import {
  areCredentialsExpired,
  areCredentialsMissing,
  areCredentialsWrong,
  FORBIDDEN,
  isClockWrong,
  isCutOff,
  isDenied,
  isUnreachable,
  nameOf,
  statusOf,
  systemCodeOf,
} from '../../src/adapters/aws-errors.ts';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import { RefusedError } from '../command.ts';

/** The target of calls, for the words of a refusal. */
export interface AskedPlace {
  readonly region: string;
  /** Absent: AWS, or what the environment says. */
  readonly endpoint?: string;
}

const NO_CREDENTIALS =
  'there are no AWS credentials: name a profile in AWS_PROFILE, sign in with "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

const EXPIRED = 'the AWS credentials have expired: sign in again, with "aws sso login" for instance';

/**
 * What AWS answers, to the SDK or to an adapter. What it refuses is thrown as RefusedError, in words for
 * the person who typed the command; what is a mistake of ours stays as it is. `permission`: `dynamodb:Scan`.
 */
export async function askAws<Answer>(
  permission: string,
  place: AskedPlace,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw refusalOf(error, permission, place);
  }
}

/** What the SDK threw, or an adapter for it, as `askAws` throws it. */
export function refusalOf(error: unknown, permission: string, { region, endpoint }: AskedPlace): unknown {
  const cause = isOurs(error) ? error.cause : error;
  if (!(cause instanceof Error)) return error;
  const where = endpoint ?? process.env['AWS_ENDPOINT_URL'] ?? `AWS in ${region}`;
  const words = wordsFor(cause, permission, where);
  return words === undefined ? error : new RefusedError(words, { cause });
}

function isOurs(error: unknown): error is PermanentError | RetryableError {
  return error instanceof PermanentError || error instanceof RetryableError;
}

function wordsFor(error: Error, permission: string, where: string): string | undefined {
  const { message } = error;
  const name = nameOf(error);
  const status = statusOf(error);
  if (areCredentialsMissing(error)) return `${NO_CREDENTIALS} (${message})`;
  if (areCredentialsExpired(error)) return EXPIRED;
  if (areCredentialsWrong(error)) return `${where} does not accept the credentials (${name})`;
  if (isClockWrong(error)) return `${where} finds the clock of this machine wrong: ${message}`;
  if (isDenied(error) || status === FORBIDDEN) {
    return `the AWS credentials do not allow it; ${permission} is needed. ${message}`;
  }
  if (status !== undefined) return `${where} answered ${permission} with ${status} ${name}: ${message}`;
  if (isCutOff(error)) return `${where} broke off its answer to ${permission}: ${message}`;
  if (name === 'TimeoutError')
    return `${where} does not answer: is there a network, a proxy or a VPC endpoint?`;
  return isUnreachable(error)
    ? `${where} cannot be reached: ${message || (systemCodeOf(error) ?? name)}`
    : undefined;
}
