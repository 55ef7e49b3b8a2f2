import type { Check } from '../check.ts';
import { emailTemplates } from './mail/email-templates.ts';
import { mailRecipients } from './mail/mail-recipients.ts';
import { senderAuthentication } from './mail/sender-authentication.ts';
import { senderNotVerified } from './mail/sender-not-verified.ts';
import { sesLimits } from './mail/ses-limits.ts';

/** Delivery by email. Without `email` in the settings none of these looks at anything. */
export const mailChecks: readonly Check[] = [
  sesLimits,
  senderNotVerified,
  senderAuthentication,
  emailTemplates,
  mailRecipients,
];
