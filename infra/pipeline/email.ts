import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { homeOf } from '../arns.ts';
import type { VoicemailConfig } from '../config.ts';
import { EventRoute } from '../constructs/event-route.ts';
import { type EmailConfig, identitiesOf } from '../email-settings.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

export interface EmailProps {
  readonly config: VoicemailConfig;
  readonly queues: Queues;
  readonly functions: Functions;
}

/** What SES tells of a mail after it took it: that it went out, and that it did not arrive or was not wanted. */
const EVENTS = {
  send: 'Email Sent',
  bounce: 'Email Bounced',
  complaint: 'Email Complaint Received',
  reject: 'Email Rejected',
  renderingFailure: 'Email Rendering Failed',
} as const;

/**
 * Delivery by email, if it is configured: a configuration set of its own, what the
 * function that delivers voicemails is told and may do, and the way back of SES's events.
 *
 * The events come into the delivery queue, so that the function that sent a mail counts
 * its end, names its voicemail in the log, and learns of a mail whose answer was lost.
 * The verified identity is the administrator's: it is not made here.
 */
export function emailDelivery(scope: Construct, { config, queues, functions }: EmailProps): void {
  if (!config.email) return;
  const parts = new Construct(scope, 'email');
  const set = new CfnConfigurationSet(parts, 'configuration-set', {
    // A link that leads over a tracker is known to the tracker, and some mail clients cut it.
    vdmOptions: { dashboardOptions: { engagementMetrics: 'DISABLED' } },
  });
  const { partition, region, accountId } = homeOf(config.instanceArn);
  const sesArn = (resource: string) => `arn:${partition}:ses:${region}:${accountId}:${resource}`;
  const setArn = sesArn(`configuration-set/${set.ref}`);

  new CfnConfigurationSetEventDestination(parts, 'events', {
    configurationSetName: set.ref,
    eventDestination: {
      enabled: true,
      matchingEventTypes: Object.keys(EVENTS),
      eventBridgeDestination: {
        eventBusArn: `arn:${partition}:events:${region}:${accountId}:event-bus/default`,
      },
    },
  });
  new EventRoute(parts, 'on-mail-event', {
    pattern: { source: ['aws.ses'], detailType: Object.values(EVENTS), resources: [setArn] },
    to: queues.delivery.queue,
    deadLetters: queues.delivery.deadLetters,
  });

  const deliver = functions['deliver-voicemail'];
  const settings = { EMAIL_CONFIGURATION_SET: set.ref, ...environmentOf(config.email) };
  for (const [name, value] of Object.entries(settings)) deliver.function.addEnvironment(name, value);
  for (const identity of identitiesOf(config.email))
    deliver.allow(sesArn(`identity/${identity}`), 'ses:SendEmail');
  deliver.allow(setArn, 'ses:SendEmail');
  // A voicemail may name another template of the account.
  deliver.allow(sesArn('template/*'), 'ses:GetEmailTemplate');
}

function environmentOf(email: EmailConfig): Readonly<Record<string, string>> {
  const { from, fallbackTo, replyTo, queueTemplate, agentTemplate, recording, attachLimitMb } = email;
  return {
    EMAIL_FROM: from,
    EMAIL_RECORDING: recording,
    ...(fallbackTo && { EMAIL_FALLBACK_TO: fallbackTo.join(',') }),
    ...(replyTo && { EMAIL_REPLY_TO: replyTo.join(',') }),
    ...(queueTemplate !== undefined && { EMAIL_QUEUE_TEMPLATE: queueTemplate }),
    ...(agentTemplate !== undefined && { EMAIL_AGENT_TEMPLATE: agentTemplate }),
    ...(attachLimitMb !== undefined && { EMAIL_ATTACH_LIMIT_MB: String(attachLimitMb) }),
  };
}
