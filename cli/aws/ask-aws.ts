import { RefusedError } from '../command.ts';

/** Where calls go: for the words of a refusal. */
export interface AskedPlace {
  readonly region: string;
  /** Absent: AWS, or what the environment says. */
  readonly endpoint?: string;
}

const NO_CREDENTIALS =
  'there are no AWS credentials: name a profile in AWS_PROFILE, sign in with "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

const EXPIRED = 'the AWS credentials have expired: sign in again, with "aws sso login" for instance';

/**
 * What AWS answers. What it refuses is thrown as RefusedError, in words for whoever typed the
 * command; what is a mistake of ours stays as it is. `permission`: `dynamodb:Scan`.
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

/** What the SDK threw, as `askAws` throws it. */
export function refusalOf(error: unknown, permission: string, { region, endpoint }: AskedPlace): unknown {
  if (!(error instanceof Error)) return error;
  const words = wordsFor(error, permission, endpoint ?? `AWS in ${region}`);
  return words === undefined ? error : new RefusedError(words, { cause: error });
}

function wordsFor(error: Error, permission: string, where: string): string | undefined {
  const { name, message } = error;
  const status = statusOf(error);
  if (name === 'CredentialsProviderError') return `${NO_CREDENTIALS} (${message})`;
  if (name.startsWith('ExpiredToken')) return EXPIRED;
  if (
    /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature|SignatureDoesNotMatch/.test(
      name,
    )
  )
    return `${where} does not accept the credentials (${name})`;
  if (name.startsWith('AccessDenied') || status === 403) {
    return `the AWS credentials do not allow it; ${permission} is needed. ${message}`;
  }
  if (status !== undefined) return `${where} answered ${permission} with ${status} ${name}: ${message}`;
  return 'code' in error || name === 'TimeoutError'
    ? `${where} cannot be reached: ${message || ('code' in error ? String(error.code) : name)}`
    : undefined;
}

/** Undefined where no answer came. */
export function statusOf(error: unknown): number | undefined {
  const metadata: unknown = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
