import type { Check, Finding } from '../../check.ts';
import { type SesAccount, sesAccount } from '../../facts/ses-account.ts';
import type { Look } from '../../look.ts';

/** From which part of the quota on a day with more voicemails than usual may use it up. */
const NEARLY_USED = 0.8;

const API = 'ses:GetAccount';

export const sesLimits: Check = {
  id: 'ses-limits',
  lane: 'mail',
  title: 'whether Amazon SES sends for this account',
  async run(look) {
    if (!look.config.email) return [];
    const account = await sesAccount(look);
    return [...stopped(account, look), ...sandbox(account), ...quota(account)];
  },
};

function stopped({ EnforcementStatus, SendingEnabled }: SesAccount, { home }: Look): readonly Finding[] {
  const common = { severity: 'warning', certainty: 'certain' } as const;
  const evidence = [
    { api: API, saw: `EnforcementStatus: ${EnforcementStatus}, SendingEnabled: ${SendingEnabled}` },
  ];
  if (EnforcementStatus === 'SHUTDOWN') {
    return [
      {
        ...common,
        what: 'AWS has stopped the sending of mails by this account.',
        suffers: 'Recipients: no voicemail is mailed; each becomes a task, with a note.',
        evidence,
        remedy:
          'Amazon SES console, Account dashboard: it says why. Correct that, and ask AWS in its support case to resume the sending.',
      },
    ];
  }
  if (SendingEnabled === false) {
    return [
      {
        ...common,
        what: 'Somebody has paused the sending of mails by this account.',
        suffers: 'Recipients: no voicemail is mailed; each becomes a task, with a note.',
        evidence,
        remedy: `Run "aws sesv2 put-account-sending-attributes --sending-enabled --region ${home.region}" if it is not paused for a reason.`,
      },
    ];
  }
  if (EnforcementStatus !== 'PROBATION') return [];
  return [
    {
      ...common,
      what: 'AWS looks into the mails of this account, and may stop its sending.',
      suffers: 'Nobody yet. If AWS stops the sending, no voicemail is mailed; each becomes a task.',
      evidence,
      remedy: 'Amazon SES console, Reputation metrics: it says what AWS found, mostly bounces or complaints.',
    },
  ];
}

function sandbox({ ProductionAccessEnabled }: SesAccount): readonly Finding[] {
  if (ProductionAccessEnabled !== false) return [];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: 'Amazon SES has this account in its sandbox: it sends to verified addresses only, and 200 mails a day.',
      suffers:
        'Recipients whose address is not verified in Amazon SES: their voicemails become tasks, with a note.',
      evidence: [{ api: API, saw: 'ProductionAccessEnabled: false' }],
      remedy: 'Amazon SES console, Account dashboard, Request production access.',
    },
  ];
}

/** A quota of -1 has no end. */
function quota({ SendQuota }: SesAccount): readonly Finding[] {
  const { Max24HourSend: most = -1, SentLast24Hours: sent = 0 } = SendQuota ?? {};
  if (most < 0 || sent < most * NEARLY_USED) return [];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `Amazon SES has sent ${sent} of the ${most} mails that it sends for this account in 24 hours.`,
      suffers:
        'Recipients: what exceeds the quota is not mailed; each such voicemail becomes a task, with a note.',
      evidence: [{ api: API, saw: `SentLast24Hours: ${sent}, Max24HourSend: ${most}` }],
      remedy:
        'Service Quotas console, Amazon Simple Email Service (Amazon SES), Sending quota: request an increase. Others who send from this account use up the same quota.',
    },
  ];
}
