import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../../service.ts';
import { recipientsOf } from './mail.ts';
import type { AskedMail } from './message.ts';
import { isMailboxSimulator } from './outcomes.ts';
import { SAMPLE_IDENTITIES } from './sample-identities.ts';
import { type EmailIdentities, isVerified } from './sender-identities.ts';

export interface SendingRules {
  /** Absent: `example.com`, verified. */
  readonly identities?: EmailIdentities;
  /**
   * The sandbox of new accounts: recipients must be verified too, 200 mails a day, one a second. Absent: not
   * in the sandbox.
   */
  readonly sandbox?: boolean;
  /** How much of the sandbox's quota was used before the start. Absent: 0. */
  readonly sentToday?: number;
  /** Whether AWS stopped the account's sending. */
  readonly isPaused?: boolean;
}

const DAY_MS = 86_400_000;
const SANDBOX_PER_DAY = 200;
const SANDBOX_PER_SECOND = 1;

/**
 * Checks whether the account can send a mail now. Every recipient counts as a mail. Throws AwsError
 * SendingPausedException, MessageRejected, TooManyRequestsException. Source: SES developer guide, service
 * quotas and sandbox.
 */
export function sendingRules(
  { identities = SAMPLE_IDENTITIES, sandbox = false, sentToday = 0, isPaused = false }: SendingRules,
  { clock, account }: { clock: Clock; account: Account },
): (mail: AskedMail) => void {
  let sentAtMs: number[] = [];
  return (mail) => {
    if (isPaused) {
      throw new AwsError('SendingPausedException', 400, `Sending paused for account ${account.id}.`);
    }
    const recipients = recipientsOf(mail);
    const checked = sandbox
      ? [mail.from, ...recipients.filter((one) => !isMailboxSimulator(one))]
      : [mail.from];
    const failed = checked.filter((mailbox) => !isVerified(mailbox, identities));
    if (failed.length > 0) throw notVerified(failed, account);
    if (!sandbox) return;

    const nowMs = clock.now();
    sentAtMs = sentAtMs.filter((atMs) => nowMs - atMs < DAY_MS);
    if (sentToday + sentAtMs.length + recipients.length > SANDBOX_PER_DAY)
      throw tooMany('Daily message quota exceeded.');
    if (sentAtMs.filter((atMs) => nowMs - atMs < 1000).length >= SANDBOX_PER_SECOND) {
      throw tooMany('Maximum sending rate exceeded.');
    }
    sentAtMs.push(...recipients.map(() => nowMs));
  };
}

function notVerified(failed: readonly string[], { region }: Account): AwsError {
  const which = `The following identities failed the check in region ${region.toUpperCase()}: ${failed.join(', ')}`;
  return new AwsError('MessageRejected', 400, `Email address is not verified. ${which}`);
}

function tooMany(message: string): AwsError {
  return new AwsError('TooManyRequestsException', 429, message);
}
