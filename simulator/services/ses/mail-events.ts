import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { type EventBridgeEvent, eventTime } from '../eventbridge/event.ts';
import { type SesEventType, sesArn } from './configuration-sets.ts';
import { addressOf, domainOf, recipientsOf } from './mail.ts';
import type { AskedMail } from './asked-mail.ts';

/** What happened to a mail, for one `detail` of an event. */
export type Outcome = { readonly atMs: number } & (
  | { readonly type: 'SEND' }
  | { readonly type: 'REJECT'; readonly reason: string }
  | { readonly type: 'RENDERING_FAILURE'; readonly reason: string; readonly templateName: string }
  | { readonly type: 'DELIVERY' | 'COMPLAINT'; readonly recipients: readonly string[] }
  | { readonly type: 'BOUNCE'; readonly recipients: readonly string[]; readonly subType: BounceSubType }
);

type BounceSubType = 'General' | 'Suppressed';

/** The event's name in EventBridge, and in its own `eventType`. */
const NAMES = {
  SEND: ['Email Sent', 'Send'],
  REJECT: ['Email Rejected', 'Reject'],
  RENDERING_FAILURE: ['Email Rendering Failed', 'Rendering Failure'],
  DELIVERY: ['Email Delivered', 'Delivery'],
  COMPLAINT: ['Email Complaint Received', 'Complaint'],
  BOUNCE: ['Email Bounced', 'Bounce'],
} as const satisfies Partial<Record<SesEventType, readonly [string, string]>>;

export interface TakenMail {
  readonly asked: AskedMail;
  readonly messageId: string;
  readonly atMs: number;
  /** The ARN of the caller of SendEmail. */
  readonly callerArn: string;
  readonly identity: string;
}

/**
 * The event that SES sends to EventBridge about a mail.
 * Source: SES developer guide, "Monitoring SES events using Amazon EventBridge" and
 * "Contents of event data that Amazon SES publishes".
 */
export function mailEvent(taken: TakenMail, outcome: Outcome, account: Account): EventBridgeEvent {
  const [detailType, eventType] = NAMES[outcome.type];
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ses',
    account: account.id,
    time: eventTime(outcome.atMs),
    region: account.region,
    resources: [sesArn(account, 'configuration-set', taken.asked.configurationSet ?? '')],
    detail: { eventType, mail: mailMember(taken, account), ...outcomeMember(outcome) },
  };
}

function mailMember({ asked, messageId, atMs, callerArn, identity }: TakenMail, account: Account) {
  const { from, to, replyTo, headers, tags, configurationSet } = asked;
  const subject = 'subject' in asked.content ? asked.content.subject : undefined;
  const common = { from, to: to.join(', '), replyTo: replyTo.join(', '), subject };
  const shown = { From: from, 'Reply-To': common.replyTo, To: common.to, Subject: subject, ...headers };
  return {
    timestamp: new Date(atMs).toISOString(),
    source: from,
    sourceArn: sesArn(account, 'identity', identity),
    sendingAccountId: account.id,
    messageId,
    destination: recipientsOf(asked).map(addressOf),
    headersTruncated: false,
    headers: Object.entries(shown).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    commonHeaders: { from: [from], to, messageId, ...(subject !== undefined && { subject }) },
    tags: {
      'ses:configuration-set': [configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domainOf(from)],
      'ses:caller-identity': [callerArn.replace(/^.*\/(?=[^/]+\/)|\/.*$/g, '')],
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function outcomeMember(outcome: Outcome): Record<string, unknown> {
  const timestamp = new Date(outcome.atMs).toISOString();
  switch (outcome.type) {
    case 'SEND':
      return { send: {} };
    case 'REJECT':
      return { reject: { reason: outcome.reason } };
    case 'RENDERING_FAILURE':
      return { failure: { errorMessage: outcome.reason, templateName: outcome.templateName } };
    case 'DELIVERY': {
      const { recipients } = outcome;
      const smtpResponse = '250 2.0.0 OK';
      return { delivery: { timestamp, processingTimeMillis: 0, recipients, smtpResponse } };
    }
    case 'COMPLAINT': {
      const complainedRecipients = outcome.recipients.map((emailAddress) => ({ emailAddress }));
      const kind = { complaintFeedbackType: 'abuse', complaintSubType: null };
      return { complaint: { complainedRecipients, timestamp, feedbackId: randomUUID(), ...kind } };
    }
    case 'BOUNCE': {
      const failed = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
      const bouncedRecipients = outcome.recipients.map((emailAddress) => ({ emailAddress, ...failed }));
      const kind = { bounceType: 'Permanent', bounceSubType: outcome.subType };
      return { bounce: { ...kind, bouncedRecipients, timestamp, feedbackId: randomUUID() } };
    }
  }
}
