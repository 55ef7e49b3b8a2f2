import { isThrottled, nameOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, refusalOf } from './ask-aws.ts';

/** What was asked of SES. */
interface Asked extends AskedPlace {
  /** `GetEmailTemplate` */
  readonly action: string;
  /** The template's; empty where the call is about none. */
  readonly name: string;
}

/** What the SDK threw, in words for the user of the command: SES's own refusals, and those of any service. */
export function sesRefusalOf(error: unknown, { action, name, ...place }: Asked): unknown {
  const words = wordsFor(error, name, place.endpoint ?? `SES in ${place.region}`);
  return words === undefined
    ? refusalOf(error, `ses:${action}`, place)
    : new RefusedError(words, { cause: error });
}

function wordsFor(error: unknown, name: string, where: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (nameOf(error)) {
    case 'NotFoundException':
      return `there is no template ${name} at ${where}; "vmx templates list" shows those that there are`;
    case 'AlreadyExistsException':
      return `there is a template ${name} already; "vmx templates update ${name}" changes it`;
    case TOO_MANY_TEMPLATES:
      return `SES takes no more templates: the account has as many as it may have. ${error.message}`;
    case 'BadRequestException':
      return `SES refuses it: ${error.message}`;
  }
  return isAskedTooOften(error)
    ? 'SES answers one template call a second, and others are asking too: try again in a minute'
    : undefined;
}

/** With a name that elsewhere is a throttle, SES says that the account has no room for another template. */
const TOO_MANY_TEMPLATES = 'LimitExceededException';

/** SES throttles: the same call may be answered a second later. */
export function isAskedTooOften(error: unknown): boolean {
  return isThrottled(error) && nameOf(error) !== TOO_MANY_TEMPLATES;
}
