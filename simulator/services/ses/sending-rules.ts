import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../../service.ts';
import { recipientsOf } from './mail.ts';
import type { AskedMail } from './asked-mail.ts';
import { isMailboxSimulator } from './outcomes.ts';
import { SAMPLE_IDENTITIES } from './sample-identities.ts';
import { type EmailIdentities, type IdentityDetails, isVerified } from './sender-identities.ts';
import type { TemplateContent } from './template-store.ts';

export interface SendingRules {
  /** Absent: `example.com`, verified. */
  readonly identities?: EmailIdentities;
  /** Of identities whose DKIM differs from their verification, or that have a MAIL FROM domain. */
  readonly identityDetails?: Readonly<Record<string, IdentityDetails>>;
  /**
   * The sandbox of new accounts: recipients must be verified too, 200 mails a day, one a second. Absent: not
   * in the sandbox.
   */
  readonly sandbox?: boolean;
  /** Mails in 24 hours. Absent: 200 in the sandbox, 50,000 outside. */
  readonly dailyQuota?: number;
  /** How much of the quota was used before the start. Absent: 0. */
  readonly sentToday?: number;
  /** Whether AWS stopped the account's sending. */
  readonly isPaused?: boolean;
  /** Whether AWS looks into the account's bounces and complaints; it sends on meanwhile. */
  readonly isUnderReview?: boolean;
  /** Templates by name, which are there before a stack brings its own. */
  readonly templates?: Readonly<Record<string, TemplateContent>>;
}

const DAY_MS = 86_400_000;
const SANDBOX_PER_DAY = 200;
const SANDBOX_PER_SECOND = 1;
/** What an account mostly gets when it leaves the sandbox. Not verified in AWS's own pages. */
const PER_DAY = 50_000;
const PER_SECOND = 14;

/** What the account may send, and what of it is used. */
export interface Sending {
  /**
   * Whether it may send a mail now. Every recipient counts as a mail.
   * Throws AwsError SendingPausedException, MessageRejected, TooManyRequestsException.
   */
  readonly check: (mail: AskedMail) => void;
  readonly quota: () => { readonly perDay: number; readonly perSecond: number; readonly sent: number };
}

/**
 * The account's sending quota and its sandbox. The rate a second is kept in the sandbox only.
 * Source: SES developer guide, service quotas and sandbox.
 */
export function sendingRules(
  {
    identities = SAMPLE_IDENTITIES,
    sandbox = false,
    sentToday = 0,
    isPaused = false,
    ...rules
  }: SendingRules,
  { clock, account }: { clock: Clock; account: Account },
): Sending {
  const { dailyQuota: perDay = sandbox ? SANDBOX_PER_DAY : PER_DAY } = rules;
  let sentAtMs: number[] = [];

  function sentWithin(ms: number): number {
    const nowMs = clock.now();
    sentAtMs = sentAtMs.filter((atMs) => nowMs - atMs < DAY_MS);
    return sentAtMs.filter((atMs) => nowMs - atMs < ms).length;
  }

  function check(mail: AskedMail): void {
    if (isPaused) {
      throw new AwsError('SendingPausedException', 400, `Sending paused for account ${account.id}.`);
    }
    const recipients = recipientsOf(mail);
    const checked = sandbox
      ? [mail.from, ...recipients.filter((one) => !isMailboxSimulator(one))]
      : [mail.from];
    const failed = checked.filter((mailbox) => !isVerified(mailbox, identities));
    if (failed.length > 0) throw notVerified(failed, account);
    if (sentToday + sentWithin(DAY_MS) + recipients.length > perDay)
      throw tooMany('Daily message quota exceeded.');
    if (sandbox && sentWithin(1000) >= SANDBOX_PER_SECOND) throw tooMany('Maximum sending rate exceeded.');
    const nowMs = clock.now();
    sentAtMs.push(...recipients.map(() => nowMs));
  }

  const perSecond = sandbox ? SANDBOX_PER_SECOND : PER_SECOND;
  return { check, quota: () => ({ perDay, perSecond, sent: sentToday + sentWithin(DAY_MS) }) };
}

function notVerified(failed: readonly string[], { region }: Account): AwsError {
  const which = `The following identities failed the check in region ${region.toUpperCase()}: ${failed.join(', ')}`;
  return new AwsError('MessageRejected', 400, `Email address is not verified. ${which}`);
}

function tooMany(message: string): AwsError {
  return new AwsError('TooManyRequestsException', 429, message);
}
