import { RefusedError } from '../command.ts';
import { EXPIRED, NO_CREDENTIALS, statusOf } from './ask-aws.ts';

/** What was asked of SES. */
interface Asked {
  /** `GetEmailTemplate` */
  readonly action: string;
  /** The template's; empty where the call is about none. */
  readonly name: string;
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/** What the SDK threw, in words for whoever typed the command. What is a mistake of ours stays as it is. */
export function refusalOf(error: unknown, { action, name, region, endpoint }: Asked): Error {
  if (!(error instanceof Error)) return new TypeError(`not an Error: ${String(error)}`);
  const where = endpoint ?? `SES in ${region}`;
  const refused = (words: string) => new RefusedError(words, { cause: error });
  switch (error.name) {
    case 'CredentialsProviderError':
      return refused(`${NO_CREDENTIALS} (${error.message})`);
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return refused(EXPIRED);
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'InvalidSignatureException':
    case 'SignatureDoesNotMatch':
      return refused(`AWS does not accept the credentials (${error.name}): ${error.message}`);
    case 'AccessDeniedException':
    case 'AccessDenied':
      return refused(`the AWS credentials do not allow it; ses:${action} is needed. ${error.message}`);
    case 'NotFoundException':
      return refused(
        `there is no template ${name} at ${where}; "vmx templates list" shows those that there are`,
      );
    case 'AlreadyExistsException':
      return refused(`there is a template ${name} already; "vmx templates update ${name}" changes it`);
    case 'LimitExceededException':
      return refused(`SES takes no more templates: the account has as many as it may have. ${error.message}`);
    case 'BadRequestException':
      return refused(`SES refuses it: ${error.message}`);
  }
  if (isThrottled(error)) {
    return refused(
      'SES answers one template call a second, and others are asking too: try again in a minute',
    );
  }
  const status = statusOf(error);
  if (status === undefined) {
    const isOfNetwork = 'code' in error || error.name === 'TimeoutError';
    return isOfNetwork ? refused(`${where} cannot be reached: ${reasonOf(error)}`) : error;
  }
  return refused(`${where} answered ${status} ${error.name}: ${error.message}`);
}

export function isThrottled(error: unknown): boolean {
  return error instanceof Error && /Throttl|TooManyRequests/.test(error.name);
}

/** Node says nothing in the message where several addresses were tried. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
